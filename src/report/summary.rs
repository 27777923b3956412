//! The closing summary: a line per locale, the total, and a suggested command.

use std::collections::BTreeMap;
use std::io;

use camino::Utf8PathBuf;
use indicatif::HumanCount;
use owo_colors::OwoColorize;
use serde::{Serialize, Serializer};

use super::options::{Options, Palette};
use crate::baseline::BaselineSummary;
use crate::corpus::page::{Corpus, Page};
use crate::finding::{Finding, Severity};
use crate::rules::Levels;
use isogloss_text::Locale;

/// Number of findings by severity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Findings of severity error.
    pub errors: usize,
    /// Findings of severity warning.
    pub warnings: usize,
    /// Findings of severity info.
    pub info: usize,
}

impl Counts {
    /// Counts one finding.
    pub(crate) fn add(&mut self, severity: Severity) {
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Info => self.info += 1,
        }
    }

    /// "2 errors, 1 warning", without what is zero.
    pub(crate) fn describe(self, palette: &Palette) -> String {
        [
            (self.errors, "error", "s", palette.error),
            (self.warnings, "warning", "s", palette.warning),
            (self.info, "info", "", palette.info),
        ]
        .into_iter()
        .filter(|&(count, ..)| count > 0)
        .map(|(count, word, ending, style)| plural(count, word, ending).style(style).to_string())
        .collect::<Vec<_>>()
        .join(", ")
    }

    /// Whether nothing was counted.
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }
}

/// Summary of one locale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocaleSummary {
    /// The locale.
    pub locale: Locale,
    /// Number of its documents, one per page.
    pub documents: usize,
    /// Whether the others are translated from it.
    pub is_source: bool,
    /// Whether its findings were selected; nothing is known about those of other locales.
    pub is_reported: bool,
    /// Findings about its documents.
    pub counts: Counts,
}

/// In JSON, a locale is its tag.
impl Serialize for LocaleSummary {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.locale.serialize(serializer)
    }
}

/// Summary of one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageSummary {
    /// Its path without the locale's part, as the source names it.
    pub path: Utf8PathBuf,
    /// Its documents: the locale as an index into [`Summary::locales`], and the path as in findings.
    pub documents: Vec<(usize, Utf8PathBuf)>,
    /// The locales that lack it, as indexes.
    pub missing: Vec<usize>,
}

impl PageSummary {
    /// A character for each of `locales` locales: `+` for a document, `-` for a missing one, `.` for one that is not
    /// required.
    pub(super) fn presence(&self, locales: usize) -> String {
        let letter = |locale| match () {
            () if self.documents.iter().any(|(at, _)| *at == locale) => '+',
            () if self.missing.contains(&locale) => '-',
            () => '.',
        };
        (0..locales).map(letter).collect()
    }

    fn new(corpus: &Corpus, page: &Page, locales: &[LocaleSummary]) -> Self {
        let index = |wanted: &Locale| locales.iter().position(|known| known.locale == *wanted);
        let source = corpus.source.as_ref().and_then(|source| page.member(source));
        let path = source.or(page.members.first()).map(|member| member.key_path.clone()).unwrap_or_default();
        let documents = page.members.iter().filter_map(|member| Some((index(&member.locale)?, member.path.clone())));
        Self { path, documents: documents.collect(), missing: corpus.missing(page).filter_map(index).collect() }
    }
}

/// Counts of a whole run; the field order is part of the JSON format.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Logical documents.
    pub pages: usize,
    /// Files.
    pub documents: usize,
    /// Sorted by tag: all locales that have documents or findings.
    pub locales: Vec<LocaleSummary>,
    /// All findings.
    #[serde(flatten)]
    pub counts: Counts,
    /// Every page, in the order of the corpus.
    #[serde(skip)]
    pub listing: Vec<PageSummary>,
    /// The comparison with the baseline, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub baseline: Option<BaselineSummary>,
}

impl Summary {
    /// Counts pages, documents and findings; the severities of findings must be final.
    pub fn new(corpus: &Corpus, levels: &Levels, findings: &[Finding]) -> Self {
        let mut locales = BTreeMap::<&Locale, (usize, Counts)>::new();
        for locale in &corpus.locales {
            locales.entry(locale).or_default();
        }
        for member in corpus.members() {
            locales.entry(&member.locale).or_default().0 += 1;
        }
        let mut counts = Counts::default();
        for finding in findings {
            counts.add(finding.severity);
            locales.entry(&finding.locale).or_default().1.add(finding.severity);
        }
        let locales: Vec<_> = locales
            .into_iter()
            .map(|(locale, (documents, counts))| LocaleSummary {
                locale: locale.clone(),
                documents,
                is_source: corpus.source.as_ref() == Some(locale),
                is_reported: levels.reports(locale),
                counts,
            })
            .collect();
        let documents = locales.iter().map(|locale| locale.documents).sum();
        let listing = corpus.pages.iter().map(|page| PageSummary::new(corpus, page, &locales)).collect();
        Self { pages: corpus.pages.len(), documents, locales, counts, listing, baseline: None }
    }
}

impl Summary {
    /// The text for a run without findings.
    pub(super) fn nothing(&self) -> &'static str {
        if self.known() == 0 { "no findings" } else { "no new findings" }
    }

    /// " (12 findings in the baseline)", or nothing.
    pub(super) fn in_baseline(&self) -> String {
        match self.known() {
            0 => String::new(),
            known => format!(" ({} in the baseline)", plural(known, "finding", "s")),
        }
    }

    fn known(&self) -> usize {
        self.baseline.as_ref().map_or(0, |baseline| baseline.unchanged)
    }
}

/// Writes the summary for people: one line without findings, else a line per locale, the total, and the command that
/// explains the most severe findings.
///
/// # Errors
///
/// The errors of the writer.
pub fn write_summary(
    summary: &Summary,
    findings: &[Finding],
    options: Options,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let palette = options.palette();
    let extent =
        format!("{} in {}", plural(summary.pages, "page", "s"), plural(summary.locales.len(), "language", "s"));
    if summary.counts.is_empty() {
        return writeln!(out, "{extent}: {}{}", summary.nothing().style(palette.other), summary.in_baseline());
    }
    write_locales(summary, &palette, out)?;
    writeln!(out, "{extent}: {}{}", summary.counts.describe(&palette), summary.in_baseline())?;
    if let Some(rule) = worst_rule(findings) {
        writeln!(out, "Next: {}", format_args!("isogloss explain {rule}").style(palette.strong))?;
    }
    Ok(())
}

fn write_locales(summary: &Summary, palette: &Palette, out: &mut dyn io::Write) -> io::Result<()> {
    let pages = |locale: &LocaleSummary| plural(locale.documents, "page", "s");
    // Tags and numbers are ASCII, so bytes are columns.
    let tag_width = summary.locales.iter().map(|locale| locale.locale.as_str().len()).max().unwrap_or(0);
    let page_width = summary.locales.iter().map(|locale| pages(locale).len()).max().unwrap_or(0);
    for locale in &summary.locales {
        let tag = format!("{:tag_width$}", locale.locale.as_str());
        write!(out, "  {}  {:>page_width$}  ", tag.style(palette.strong), pages(locale))?;
        match (locale.is_source, locale.counts.is_empty()) {
            (false, true) if !locale.is_reported => writeln!(out, "{}", "not selected".style(palette.faint))?,
            (true, true) => writeln!(out, "{}", "source".style(palette.faint))?,
            (true, false) => {
                writeln!(out, "{} {}", "source:".style(palette.faint), locale.counts.describe(palette))?;
            }
            (false, true) => writeln!(out, "{}", "ok".style(palette.other))?,
            (false, false) => writeln!(out, "{}", locale.counts.describe(palette))?,
        }
    }
    writeln!(out)
}

/// "1 page", "1,392 pages".
pub(crate) fn plural(count: usize, word: &str, ending: &str) -> String {
    format!("{} {word}{}", HumanCount(count as u64), if count == 1 { "" } else { ending })
}

/// The most frequent rule of the highest severity; of equals, the first in alphabetical order.
fn worst_rule(findings: &[Finding]) -> Option<&'static str> {
    let worst = findings.iter().map(|finding| finding.severity).max()?;
    let mut counts = BTreeMap::<&'static str, usize>::new();
    for finding in findings.iter().filter(|finding| finding.severity == worst) {
        *counts.entry(finding.rule).or_default() += 1;
    }
    // `max_by_key` returns the last of equals.
    counts.into_iter().rev().max_by_key(|&(_, count)| count).map(|(rule, _)| rule)
}
