//! `isogloss check`.

use std::env;
use std::io::{self, BufWriter, ErrorKind, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::process::ExitCode;

use camino::{Utf8Path, Utf8PathBuf};
use clap::{Arg, Args, ColorChoice};

use super::common::{load, refuse, write_error};
use super::configuration::{ConfigArgs, HistoryArgs};
use super::values;
use crate::analysis::pins::HistoryChoice;
use crate::baseline::{Baseline, Choice, FILE_NAME};
use crate::config::{Config, ConfigError, FailOn};
use crate::corpus::changed::Selection;
use crate::corpus::walk::Root;
use crate::finding::{Notice, NoticeLevel};
use crate::report::{
    Destination, FORMATS, Options, Report, Sources, append_job_summary, write_file, write_notices, write_summary,
};
use crate::rules::{Needs, Rule};
use isogloss_text::Locale;

const EXAMPLES: &str = "\
Examples:
  isogloss check                                     the configured or the current folder
  isogloss check content                             a folder with several locales
  isogloss check en=docs.en fr-FR=docs.fr-FR         one folder per locale
  isogloss check --staged                            only what is staged for a commit
  isogloss check --locale sv --select sla-mismatch   one locale and one rule
  isogloss check --format pretty --format json=findings.json
  isogloss check --write-baseline                    accept all current findings";

/// Arguments of `check`.
#[derive(Debug, Clone, Default, Args)]
#[command(after_help = EXAMPLES, after_long_help = after_help(), mut_args = first_things_first)]
pub struct CheckArgs {
    /// Folders or files to check, instead of the configured ones or the current folder
    #[arg(value_name = "PATH|LOCALE=PATH", value_parser = values::root)]
    pub roots: Vec<Root>,
    /// Locale that the others are translated from
    #[arg(short, long, value_name = "LOCALE", value_parser = values::locale)]
    pub source: Option<Locale>,
    /// Report only these locales
    #[arg(short, long, value_name = "LOCALE,…", value_delimiter = ',', value_parser = values::locale)]
    pub locale: Vec<Locale>,
    /// Formats and their destinations.
    #[arg(short, long, value_name = "NAME[=FILE]", value_parser = values::destination(), hide_possible_values = true, help = format_help())]
    pub format: Vec<Destination>,
    /// Run only these rules, even if they are off
    #[arg(long, value_name = "RULE,…", value_delimiter = ',', value_parser = values::rule_id(), hide_possible_values = true)]
    pub select: Vec<&'static Rule>,
    /// Do not run these rules
    #[arg(long, value_name = "RULE,…", value_delimiter = ',', value_parser = values::rule_id(), hide_possible_values = true)]
    pub ignore: Vec<&'static Rule>,
    /// Exit with code 1 on findings of this severity or above [default: error]
    #[arg(long, value_name = "SEVERITY", value_parser = values::word(&FailOn::NAMES))]
    pub fail_on: Option<FailOn>,
    /// Baseline of findings not to report [default: isogloss-baseline.json next to the configuration]
    #[arg(long, value_name = "FILE", help_heading = "Baseline")]
    pub baseline: Option<Utf8PathBuf>,
    /// Report all findings, even those in the baseline
    #[arg(long, conflicts_with_all = ["baseline", "write_baseline"], help_heading = "Baseline")]
    pub no_baseline: bool,
    /// Write all findings to the baseline, so that later runs report only new ones
    #[arg(
        long,
        value_name = "FILE",
        num_args = 0..=1,
        require_equals = true,
        conflicts_with_all = ["baseline", "staged", "changed_since"],
        help_heading = "Baseline"
    )]
    pub write_baseline: Option<Option<Utf8PathBuf>>,
    /// Print only findings and errors: no other notices, summary or progress
    #[arg(short, long)]
    pub quiet: bool,
    /// Explain how each number that differs was parsed, and why it has no counterpart
    #[arg(long)]
    pub explain: bool,
    /// Check only what is staged for a commit, as it is in the git index
    #[arg(long, help_heading = "Changes")]
    pub staged: bool,
    /// Check only what changed since the common ancestor of REV and HEAD
    #[arg(long, value_name = "REV", conflicts_with = "staged", help_heading = "Changes")]
    pub changed_since: Option<String>,
    #[command(flatten)]
    #[expect(missing_docs, reason = "clap would take a comment for help")]
    pub history: HistoryArgs,
    #[command(flatten)]
    #[expect(missing_docs, reason = "clap would take a comment for help")]
    pub config: ConfigArgs,
    /// Number of threads [default: one per core]
    #[arg(long, value_name = "N", help_heading = "Running")]
    pub jobs: Option<NonZeroUsize>,
}

impl CheckArgs {
    /// Formats and their destinations, at least one. `on_github` is whether this is a GitHub Actions job.
    pub fn formats(&self, on_github: bool) -> Vec<Destination> {
        if self.format.is_empty() { vec![Destination::usual(on_github)] } else { self.format.clone() }
    }

    /// The configuration of the run: that of the file found from `current`, the absolute current folder, overridden by
    /// the command line.
    ///
    /// # Errors
    /// See [`ConfigArgs::load`].
    pub fn resolve(&self, current: &Utf8Path) -> Result<Config, ConfigError> {
        let mut config = self.config.load(self.roots.clone(), current)?;
        config.source = self.source.clone().or(config.source);
        // Several folders, or files, need not contain all locales.
        if matches!(&self.roots[..], [] | [Root { locale: None, .. }]) && self.roots.iter().all(|it| it.path.is_dir()) {
            config.required = config.source.iter().chain(&config.locales).cloned().collect();
        }
        // A selected locale is checked even if it is not configured.
        if !config.locales.is_empty() {
            let unknown = |locale: &&Locale| !config.locales.iter().any(|range| range.covers(locale));
            let added: Vec<_> = self.locale.iter().filter(unknown).cloned().collect();
            config.locales.extend(added);
        }
        config.levels = config.levels.restricted(&self.select, &self.ignore, &self.locale);
        config.fail_on = self.fail_on.unwrap_or(config.fail_on);
        config.history = self.history.choice().unwrap_or(config.history);
        config.baseline = self.baseline(config.baseline);
        config.explain = self.explain;
        config.change = match &self.changed_since {
            _ if self.staged => Some(Selection::Staged),
            revision => revision.clone().map(Selection::Since),
        };
        Ok(config)
    }

    fn baseline(&self, configured: Choice) -> Choice {
        let usual = configured.path().unwrap_or(FILE_NAME.into());
        match (&self.write_baseline, &self.baseline) {
            _ if self.no_baseline => Choice::Off,
            (Some(Some(path)), _) => Choice::Write { usual: path == usual, named: true, path: path.clone() },
            (Some(None), _) => Choice::Write { usual: true, named: false, path: usual.to_owned() },
            (None, Some(path)) => Choice::Named(path.clone()),
            (None, None) => configured,
        }
    }
}

/// The most important options: the only ones in `-h`, and the first ones in `--help`.
const FIRST: [&str; 5] = ["source", "locale", "format", "select", "fail_on"];

fn first_things_first(option: Arg) -> Arg {
    if option.is_positional() || FIRST.contains(&option.get_id().as_str()) {
        return option;
    }
    let heading = option.get_help_heading().unwrap_or("More options").to_owned();
    option.help_heading(heading).hide_short_help(true)
}

fn format_help() -> String {
    let default = FORMATS[0].name;
    format!(
        "Output format, and the file to write it to; can be repeated [default: {default}; in GitHub Actions: github]"
    )
}

fn after_help() -> String {
    let width = FORMATS.iter().map(|format| format.name.len()).max().unwrap_or(0);
    let formats = FORMATS.iter().map(|format| format!("  {:width$}  {}\n", format.name, format.summary));
    format!("Formats:\n{}\n{EXAMPLES}", formats.collect::<String>())
}

/// Runs the check, writes its reports, and returns the exit code: 0, 1 for findings, 2 if something could not be read
/// or written as requested, 3 for an incomplete check.
pub fn run(args: &CheckArgs, color: ColorChoice) -> ExitCode {
    let config = match load(|current| args.resolve(current)) {
        Ok(config) => config,
        Err(error) => return refuse(&error.pretty(Options::for_stderr(color).color)),
    };
    let destinations = args.formats(on_github());
    let baseline = Baseline::output(config.baseline_file()).map_err(|error| error.to_string());
    let refused = baseline.map(|baseline| Destination::refused(&destinations, baseline.as_ref()));
    if let Some(message) = refused.unwrap_or_else(Some) {
        return refuse(&format!("error: {message}\n"));
    }
    let mut report = match crate::check(&config, !args.quiet && io::stderr().is_terminal()) {
        Ok(report) => report,
        Err(error) => {
            let wrong_usage = refuse(&format!("error: {error}\n"));
            return if error.is_wrong_usage() { wrong_usage } else { ExitCode::from(3) };
        }
    };
    report.notices.extend(idle_rules(args, &config));
    let notices = report.notices.iter().filter(|notice| !args.quiet || notice.level == NoticeLevel::Incomplete);
    // Errors writing to standard error cannot be reported.
    let _ = write_notices(notices, Options::for_stderr(color), &mut io::stderr().lock());
    let read = |path: &Utf8Path| report.contents.text(path);
    let sources = Sources::in_place(&read);
    let mut is_written = true;
    for destination in &destinations {
        match write(&report, destination, &sources, args.quiet, color) {
            Ok(()) => {}
            // A closed pipe is not an error, and no reason to lose the other reports.
            Err(error) if error.kind() == ErrorKind::BrokenPipe && destination.file.is_none() => {}
            Err(error) => {
                write_error(&format!("error: {error}\n"));
                is_written = false;
            }
        }
    }
    if !is_written {
        return ExitCode::from(2);
    }
    if !args.quiet && destinations.iter().any(|destination| destination.format.name == "github") {
        summarize_job(&report, &sources);
    }
    exit_code(&config, &report)
}

/// A notice about selected rules that cannot run.
fn idle_rules(args: &CheckArgs, config: &Config) -> Option<Notice> {
    if config.history != HistoryChoice::Off {
        return None;
    }
    let idle: Vec<&str> = args.select.iter().filter(|rule| rule.needs == Needs::History).map(|rule| rule.id).collect();
    let message = || format!("{} did not run: requires the history, which is disabled", idle.join(", "));
    (!idle.is_empty()).then(|| Notice::incomplete(None, message()))
}

/// Whether this is a GitHub Actions job.
fn on_github() -> bool {
    env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true")
}

/// Appends to the job summary, if there is one. An error does not fail the run, because nobody requested the summary.
fn summarize_job(report: &Report, sources: &Sources<'_>) {
    let Some(path) = env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()) else { return };
    if let Err(error) = append_job_summary(path.as_ref(), report, sources) {
        write_error(&format!("warning: cannot write the job summary: {error}\n"));
    }
}

fn write(
    report: &Report,
    destination: &Destination,
    sources: &Sources<'_>,
    quiet: bool,
    color: ColorChoice,
) -> io::Result<()> {
    let format = destination.format;
    if let Some(path) = &destination.file {
        return write_file(path, |out| (format.write)(report, sources, Options::plain(), out))
            .map_err(|error| io::Error::new(error.kind(), format!("cannot write `{path}`: {error}")));
    }
    let options = Options::for_stdout(color);
    let mut out = BufWriter::new(io::stdout().lock());
    (format.write)(report, sources, options, &mut out)?;
    out.flush()?;
    // "No findings" would be misleading if nothing was checked.
    let is_incomplete = report.summary.pages == 0 || report.incomplete_notices().next().is_some();
    let is_misleading = report.findings.is_empty() && is_incomplete;
    if !quiet && !is_misleading && matches!(format.name, "pretty" | "short" | "github") {
        let errors = Options::for_stderr(color);
        // The summary belongs to the findings of `pretty`; with formats for programs it goes to standard error.
        if format.name == "pretty" {
            write_summary(&report.summary, &report.findings, options, &mut out)?;
        } else {
            write_summary(&report.summary, &report.findings, errors, &mut io::stderr().lock())?;
        }
    }
    out.flush()
}

fn exit_code(config: &Config, report: &Report) -> ExitCode {
    if report.findings.iter().any(|finding| config.fail_on.fails(finding.severity)) {
        ExitCode::from(1)
    } else if report.incomplete_notices().next().is_some() {
        ExitCode::from(3)
    } else {
        ExitCode::SUCCESS
    }
}
