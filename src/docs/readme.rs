//! The parts of `README.md` that show the program: what `check` prints, its help, the rules and the formats.

use std::fmt::Write as _;
use std::io::Write as _;

use clap::CommandFactory;

use super::{assert_up_to_date, read, replace_between};
use crate::analysis::pins::HistoryChoice;
use crate::cli::Cli;
use crate::cli::rules::default_level;
use crate::config::Config;
use crate::corpus::walk::Root;
use crate::finding::Finding;
use crate::report::{FORMATS, Options, Report, Sources, write_summary};
use crate::rules::RULES;

/// The findings of the handbook that are shown: rule and file.
const SHOWN: [(&str, &str); 2] =
    [("sla-mismatch", "fixtures/handbook/sv/support-plans.md"), ("missing-paragraph", "fixtures/handbook/fr/index.md")];

#[test]
fn the_readme_shows_the_program_as_it_is() {
    let mut readme = read("README.md");
    for (name, text) in [("output", output()), ("help", help()), ("rules", rules()), ("formats", formats())] {
        let (start, end) = (format!("<!-- {name}:start -->\n"), format!("<!-- {name}:end -->"));
        readme = replace_between(&readme, &start, &end, &text);
    }
    assert_up_to_date("README.md", &readme);
}

/// Two findings about the handbook, and the summary of all.
fn output() -> String {
    let root = Root { locale: None, path: "fixtures/handbook".into() };
    let config = Config { roots: vec![root], history: HistoryChoice::Off, ..Config::default() };
    let report = crate::check(&config, false).unwrap();
    let shown = |rule: &str, path: &str| -> Finding {
        let wanted = |finding: &&Finding| finding.rule == rule && finding.path == path;
        report.findings.iter().find(wanted).unwrap_or_else(|| panic!("no {rule} in {path}")).clone()
    };
    let findings = SHOWN.iter().map(|(rule, path)| shown(rule, path)).collect();
    let extract = Report { findings, ..report.clone() };
    let options = Options::plain();
    let mut out = Vec::new();
    (FORMATS[0].write)(&extract, &Sources::on_disk(), options, &mut out).unwrap();
    writeln!(out, "  …\n").unwrap();
    write_summary(&report.summary, &report.findings, options, &mut out).unwrap();
    format!("```console\n$ isogloss check fixtures/handbook\n{}```\n", String::from_utf8(out).unwrap())
}

fn help() -> String {
    let mut command = Cli::command().term_width(100);
    command.build();
    let check = command.find_subcommand_mut("check").unwrap();
    // clap indents empty lines too.
    let help: String =
        check.render_long_help().to_string().lines().map(|line| format!("{}\n", line.trim_end())).collect();
    format!("```console\n$ isogloss check --help\n{help}```\n")
}

fn formats() -> String {
    let mut table = "| format | what it is |\n| --- | --- |\n".to_owned();
    for format in FORMATS {
        let _ = writeln!(table, "| `{}` | {} |", format.name, format.summary);
    }
    table
}

fn rules() -> String {
    let mut table = "| rule | default | reports |\n| --- | --- | --- |\n".to_owned();
    for rule in RULES {
        let (id, level) = (rule.id, default_level(rule));
        let _ = writeln!(table, "| [`{id}`](docs/rules/{id}.md) | {level} | {} |", rule.summary);
    }
    table
}
