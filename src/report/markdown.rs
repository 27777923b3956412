//! A comment for a pull or merge request, and a job summary: the most severe findings first, within the length limit of
//! comments.

use std::fmt::Write as _;
use std::io;

use indicatif::HumanCount;

use super::options::{Options, Palette};
use super::outcome::{Report, path_in_repository, worst_first};
use super::sources::Sources;
use super::summary::plural;
use super::summary::{Counts, Summary};
use crate::finding::Finding;
use crate::sanitize::visible;
use isogloss_text::Range;

/// Maximum number of rows: comments with more are not read.
const MOST_ROWS: usize = 50;
/// Maximum size of all rows in bytes. GitHub accepts 65,536 characters per comment; the rest needs some of that.
const MOST_BYTES: usize = 50_000;
/// Maximum characters of a message or a path.
const LONGEST: usize = 300;
/// Punctuation without a meaning inside a line.
const PLAIN: &str = "!\"%'()+,-/;=?";
/// Lets a bot find its own comment.
const MARK: &str = "<!-- isogloss -->";

pub(super) fn write(report: &Report, sources: &Sources<'_>, _: Options, out: &mut dyn io::Write) -> io::Result<()> {
    let Summary { pages, locales, counts, .. } = &report.summary;
    let incomplete: Vec<_> = report.incomplete_notices().collect();
    let headline = match (counts.is_empty(), incomplete.is_empty()) {
        (false, _) => counts.describe(&Palette::default()),
        (true, true) => report.summary.nothing().to_owned(),
        (true, false) => "incomplete check".to_owned(),
    };
    writeln!(out, "{MARK}\n### isogloss: {headline}")?;
    for notice in incomplete {
        let sentence = notice.sentence(path_in_repository(notice, sources).as_deref());
        writeln!(out, "\n> **Not checked:** {}", escaped(&sentence))?;
    }
    if !counts.is_empty() {
        write_findings(&report.findings, sources, out)?;
        write_locales(&report.summary, out)?;
    }
    let extent = format!("{} in {}", plural(*pages, "page", "s"), plural(locales.len(), "language", "s"));
    writeln!(out, "\n{extent}{}", report.summary.in_baseline())
}

fn write_findings(findings: &[Finding], sources: &Sources<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "\n| level | finding | here | there |\n| --- | --- | --- | --- |")?;
    let sorted = worst_first(findings);
    let (mut rows, mut bytes) = (0, 0);
    for finding in &sorted {
        let row = row(finding, sources);
        bytes += row.len();
        if rows == MOST_ROWS || bytes > MOST_BYTES {
            break;
        }
        rows += 1;
        out.write_all(row.as_bytes())?;
    }
    let mut rest = Counts::default();
    sorted[rows..].iter().for_each(|finding| rest.add(finding.severity));
    if rest.is_empty() {
        Ok(())
    } else {
        writeln!(
            out,
            "\n…and {} more: {}",
            HumanCount((sorted.len() - rows) as u64),
            rest.describe(&Palette::default())
        )
    }
}

fn row(finding: &Finding, sources: &Sources<'_>) -> String {
    let place = |path: &camino::Utf8Path, range: Range| {
        format!("{}:{}", escaped(&sources.in_repository(path)), range.start.line)
    };
    let there = finding.related.first().map(|related| place(&related.path, related.range)).unwrap_or_default();
    let (level, message) = (finding.severity.as_str(), escaped(&finding.message));
    format!("| {level} | **{}**: {message} | {} | {there} |\n", finding.rule, place(&finding.path, finding.range))
}

fn write_locales(summary: &Summary, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "\n| locale | pages | errors | warnings | info |\n| --- | ---: | ---: | ---: | ---: |")?;
    for locale in summary.locales.iter().filter(|locale| !locale.counts.is_empty()) {
        let Counts { errors, warnings, info } = locale.counts;
        writeln!(out, "| {} | {} | {errors} | {warnings} | {info} |", locale.locale, locale.documents)?;
    }
    Ok(())
}

/// Escapes text of a document: no markup, table cells, links or mentions.
fn escaped(text: &str) -> String {
    let shown = visible(text);
    let mut out = String::with_capacity(shown.len() + 16);
    for (index, c) in shown.chars().enumerate() {
        match c {
            _ if index == LONGEST => return out + "…",
            // Services detect mentions and references after parsing Markdown: only a zero-width space keeps the
            // characters apart.
            '@' | '#' => {
                let _ = write!(out, "\\{c}\u{200B}");
            }
            // In some places, GitLab treats an escaped `&` or `<` as the start of HTML.
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c if c.is_ascii_punctuation() && !PLAIN.contains(c) => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}
