//! A comment on a pull or merge request, and the summary of a job: what was found, the worst first, and no longer than
//! such a comment may be.

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

/// More rows nobody reads in a comment.
const MOST_ROWS: usize = 50;
/// Bytes of all rows. GitHub takes 65,536 characters a comment; the rest has room beside them.
const MOST_BYTES: usize = 50_000;
/// Characters of a message or a path.
const LONGEST: usize = 300;
/// Punctuation that means nothing inside a line.
const PLAIN: &str = "!\"%'()+,-/;=?";
/// By which a bot finds its own comment again.
const MARK: &str = "<!-- isogloss -->";

pub(super) fn write(report: &Report, sources: &Sources<'_>, _: Options, out: &mut dyn io::Write) -> io::Result<()> {
    let Summary { pages, locales, counts, .. } = &report.summary;
    let blind: Vec<_> = report.blind().collect();
    let headline = match (counts.is_empty(), blind.is_empty()) {
        (false, _) => counts.describe(&Palette::default()),
        (true, true) => report.summary.nothing().to_owned(),
        (true, false) => "incomplete check".to_owned(),
    };
    writeln!(out, "{MARK}\n### isogloss: {headline}")?;
    for notice in blind {
        let sentence = notice.sentence(path_in_repository(notice, sources).as_deref());
        writeln!(out, "\n> **Not checked:** {}", escaped(&sentence))?;
    }
    if !counts.is_empty() {
        write_findings(&report.findings, sources, out)?;
        write_locales(&report.summary, out)?;
    }
    let extent = format!("{} in {}", plural(*pages, "page", "s"), plural(locales.len(), "language", "s"));
    writeln!(out, "\n{extent}{}", report.summary.beside())
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

/// Text of a document that stays text: no markup, no cell of a table, no link, and nobody who is called by name.
fn escaped(text: &str) -> String {
    let shown = visible(text);
    let mut out = String::with_capacity(shown.len() + 16);
    for (index, c) in shown.chars().enumerate() {
        match c {
            _ if index == LONGEST => return out + "…",
            // Services look for names and numbers after Markdown is gone: only a space without width keeps them apart.
            '@' | '#' => {
                let _ = write!(out, "\\{c}\u{200B}");
            }
            // GitLab takes `&` and `<` behind a backslash for the beginning of HTML in some places.
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
