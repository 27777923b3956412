//! Human-readable output: what is wrong, the line of the translation and that of the source, with the text in question
//! underlined.
//!
//! Errors and warnings are shown in full up to [`MOST_IN_FULL`] and in one line each after that; infos have one line
//! each if there are few, and are counted otherwise. The findings of a rule in one file usually have one cause, so only
//! [`MOST_ALIKE`] of them are shown and the rest is counted.

mod clip;
mod snippet;

use std::collections::BTreeMap;
use std::io::{self, Write as _};

use camino::Utf8Path;
use indicatif::HumanCount;
use miette::GraphicalTheme;
use owo_colors::{OwoColorize, Style};
use rustc_hash::FxHashMap;
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use self::clip::{Room, clip};
use self::snippet::Snippet;
use super::short;
use super::summary::plural;
use super::{Options, Palette, Report, Sources};
use crate::finding::{Finding, Related, Severity};
use crate::sanitize::{Sanitized, visible};
use isogloss_text::Locale;
use isogloss_text::Range;

/// More snippets than this are not readable; the rest can be searched with grep.
const MOST_IN_FULL: usize = 100;
/// More findings of one rule in one file are counted, not shown.
const MOST_ALIKE: usize = 10;
/// More infos are counted, not listed.
const MOST_INFO_LISTED: usize = 10;
/// Number of related places named after the first.
const MOST_PLACES: usize = 4;
/// Indent of text that is aligned with that of the headings.
const INDENT: &str = "    ";
/// Columns of line numbers, so that the frames of all but the longest documents are aligned.
const LEAST_GUTTER: usize = 3;
/// Columns around the line number: a space before it, a space, the frame and a space after it.
const FRAME: usize = 4;

pub(super) fn write(
    report: &Report,
    sources: &Sources<'_>,
    options: Options,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let mut out = Sanitized::new(out);
    write_report(report, sources, options, &mut out)?;
    out.flush()
}

fn write_report(report: &Report, sources: &Sources<'_>, options: Options, out: &mut dyn io::Write) -> io::Result<()> {
    let (info, rest): (Vec<_>, Vec<_>) = report.findings.iter().partition(|finding| finding.severity == Severity::Info);
    let rest = fold(&rest);
    let (in_full, in_brief) = rest.split_at(rest.len().min(MOST_IN_FULL));
    let palette = options.palette();
    let writer = Writer { sources, options, palette, theme: snippet::theme(options, &palette) };
    for entry in in_full {
        writer.write_finding(entry.finding, out)?;
        entry.write_folded(&palette, out)?;
        writeln!(out)?;
    }
    if !in_brief.is_empty() {
        let aside = format!("{}, one line each:", plural(in_brief.len(), "more finding", "s"));
        writeln!(out, "{}", aside.style(palette.faint))?;
        for entry in in_brief {
            short::write_line(entry.finding, &palette, out)?;
            entry.write_folded(&palette, out)?;
        }
        writeln!(out)?;
    }
    if info.len() > MOST_INFO_LISTED {
        return writer.write_counts(&info, out);
    }
    for finding in &info {
        short::write_line(finding, &palette, out)?;
    }
    if info.is_empty() { Ok(()) } else { writeln!(out) }
}

/// A finding that is shown.
struct Entry<'f> {
    finding: &'f Finding,
    /// Number of further findings of its rule in its file; 0 except for the last one.
    folded: usize,
}

impl Entry<'_> {
    fn write_folded(&self, palette: &Palette, out: &mut dyn io::Write) -> io::Result<()> {
        if self.folded == 0 {
            return Ok(());
        }
        let (rule, path) = (self.finding.rule, visible(self.finding.path.as_str()));
        let aside = format!("and {} {rule} in {path}; `--format short` lists all", plural(self.folded, "more", ""));
        writeln!(out, "{INDENT}{}", aside.style(palette.faint))
    }
}

/// The first findings of each rule in each file.
fn fold<'f>(findings: &[&'f Finding]) -> Vec<Entry<'f>> {
    let mut counts = FxHashMap::<(&Utf8Path, &str), usize>::default();
    for finding in findings {
        *counts.entry((&finding.path, finding.rule)).or_default() += 1;
    }
    let mut seen = FxHashMap::<(&Utf8Path, &str), usize>::default();
    let entries = findings.iter().filter_map(|&finding| {
        let key = (finding.path.as_path(), finding.rule);
        let place = seen.entry(key).or_default();
        *place += 1;
        let folded = if *place == MOST_ALIKE { counts[&key] - MOST_ALIKE } else { 0 };
        (*place <= MOST_ALIKE).then_some(Entry { finding, folded })
    });
    entries.collect()
}

struct Writer<'a> {
    sources: &'a Sources<'a>,
    options: Options,
    palette: Palette,
    theme: GraphicalTheme,
}

impl Writer<'_> {
    fn write_finding(&self, finding: &Finding, out: &mut dyn io::Write) -> io::Result<()> {
        self.write_heading(finding, out)?;
        let style = self.palette.severity(finding.severity);
        let here = self.snippet(&finding.path, finding.range, &finding.label, style);
        let (first, others) = match finding.related.split_first() {
            Some((first, others)) => (Some(first), others),
            None => (None, &[][..]),
        };
        let there =
            first.and_then(|related| self.snippet(&related.path, related.range, &related.message, self.palette.other));
        let gutter = here.iter().chain(&there).map(Snippet::gutter).fold(LEAST_GUTTER, usize::max);
        match here {
            Some(snippet) => snippet.write(self.theme.clone(), self.options, gutter, out)?,
            None => writeln!(out, "{INDENT}{}", place(&finding.path, finding.range).style(self.palette.place))?,
        }
        match (there, first) {
            (Some(snippet), _) => snippet.write(self.theme.clone(), self.options, gutter, out)?,
            (None, Some(related)) => self.write_place(related, out)?,
            (None, None) => {}
        }
        for related in others.iter().take(MOST_PLACES) {
            self.write_place(related, out)?;
        }
        if others.len() > MOST_PLACES {
            let aside = format!("and {}", plural(others.len() - MOST_PLACES, "more location", "s"));
            writeln!(out, "{INDENT}{}", aside.style(self.palette.faint))?;
        }
        let explanation = finding.data.get("explanation").and_then(Value::as_array);
        let sentences = explanation.into_iter().flatten().filter_map(Value::as_str);
        sentences.into_iter().try_for_each(|sentence| self.write_aside("note", sentence, out))?;
        finding.fixes.iter().try_for_each(|fix| self.write_aside("help", &fix.message, out))
    }

    /// `    help: remove the comment`, wrapped.
    fn write_aside(&self, word: &str, text: &str, out: &mut dyn io::Write) -> io::Result<()> {
        let text = format!("{}: {}", word.style(self.palette.strong), visible(text));
        writeln!(out, "{}", textwrap::fill(&text, self.wrapping().initial_indent(INDENT)))
    }

    /// `  × rule: message`, wrapped.
    fn write_heading(&self, finding: &Finding, out: &mut dyn io::Write) -> io::Result<()> {
        let icon = self.options.icon(finding.severity).style(self.palette.severity(finding.severity)).to_string();
        let text = format!("{}: {}", finding.rule.style(self.palette.strong), visible(&finding.message));
        let first = format!("  {icon} ");
        writeln!(out, "{}", textwrap::fill(&text, self.wrapping().initial_indent(&first)))
    }

    fn wrapping(&self) -> textwrap::Options<'static> {
        textwrap::Options::new(self.options.width).subsequent_indent(INDENT)
    }

    /// A place without its text: `    fr  docs.fr/plans.md:112:3  06:00 to 17:30`, with a long message on the next
    /// line.
    fn write_place(&self, related: &Related, out: &mut dyn io::Write) -> io::Result<()> {
        let place = place(&related.path, related.range);
        let message = visible(&related.message);
        let columns = related.locale.as_str().len() + place.width() + message.width() + 2 * INDENT.len();
        let (strong, cyan) = (self.palette.strong, self.palette.place);
        write!(out, "{INDENT}{}  {}", related.locale.style(strong), place.style(cyan))?;
        if message.is_empty() {
            writeln!(out)
        } else if columns <= self.options.width {
            writeln!(out, "  {message}")
        } else {
            let wrapping = self.wrapping().initial_indent("        ").subsequent_indent("        ");
            writeln!(out, "\n{}", textwrap::fill(&message, wrapping))
        }
    }

    fn snippet(&self, path: &Utf8Path, range: Range, label: &str, style: Style) -> Option<Snippet> {
        let source = self.sources.text(path)?;
        let digits = range.end.line.to_string().len().max(LEAST_GUTTER);
        let room = Room {
            columns: self.options.width.saturating_sub(FRAME + digits),
            ellipsis: if self.options.unicode { "…" } else { "..." },
        };
        let clip = clip(&source, range, visible(label).trim(), room)?;
        Some(Snippet { place: place(path, range), clip, style })
    }

    /// The infos: one line per rule, with its count in each locale.
    fn write_counts(&self, info: &[&Finding], out: &mut dyn io::Write) -> io::Result<()> {
        let mut rules = BTreeMap::<&str, BTreeMap<&Locale, usize>>::new();
        for finding in info {
            *rules.entry(finding.rule).or_default().entry(&finding.locale).or_default() += 1;
        }
        let icon = self.options.icon(Severity::Info).style(self.palette.info).to_string();
        for (rule, locales) in rules {
            let total = plural(locales.values().sum(), "finding", "s");
            let counts: Vec<_> =
                locales.iter().map(|(locale, &count)| format!("{locale} {}", HumanCount(count as u64))).collect();
            let text = format!("{}: {total} ({})", rule.style(self.palette.strong), counts.join(", "));
            let first = format!("  {icon} ");
            writeln!(out, "{}", textwrap::fill(&text, self.wrapping().initial_indent(&first)))?;
        }
        writeln!(out, "{INDENT}{}\n", "informational; `--format short` lists all".style(self.palette.faint))
    }
}

/// `path:line:column`, as editors and terminals open it.
fn place(path: &Utf8Path, range: Range) -> String {
    format!("{}:{}:{}", visible(path.as_str()), range.start.line, range.start.column)
}
