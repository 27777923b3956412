//! A self-contained report for a browser, which makes no network requests.
//!
//! The page is `page.html` with style, script and data filled in. The data is JSON that no HTML parser interprets as
//! markup, and the script only turns it into text; a content security policy enforces that.

mod panes;
mod runs;

use std::collections::{BTreeMap, HashMap};
use std::io;

use camino::Utf8Path;
use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};

use self::panes::{Pane, Panes};
use super::{Counts, Options, Palette, Report, Sources, Summary, help};
use crate::finding::{Finding, NoticeLevel, Severity};
use crate::json;
use crate::rules::RULES;
use crate::sanitize::{first_unsafe, visible};

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = concat!(
    include_str!("model.js"),
    include_str!("overview.js"),
    include_str!("filters.js"),
    include_str!("matrix.js"),
    include_str!("findings.js"),
    include_str!("page.js"),
);
/// Hashes of the style and the script, with line feeds as line ends, as a browser sees them.
const STYLE_HASH: &str = "sha256-nABnQBhYSFjaNwjIyUvIlrXUgmDaTS9YTQXilvEVSEY=";
const SCRIPT_HASH: &str = "sha256-AYUBwcU3zYbXV1Q9h17fY/TH2tNXTVy8O976euxcaP4=";

pub(super) fn write(report: &Report, sources: &Sources<'_>, _: Options, out: &mut dyn io::Write) -> io::Result<()> {
    let mut rest = PAGE;
    while let Some((before, (name, after))) =
        rest.split_once("{{").and_then(|(before, tail)| Some((before, tail.split_once("}}")?)))
    {
        out.write_all(before.as_bytes())?;
        match name {
            "title" => out.write_all(headline(report).as_bytes())?,
            "style" => out.write_all(STYLE.as_bytes())?,
            "style-hash" => out.write_all(STYLE_HASH.as_bytes())?,
            "script" => out.write_all(SCRIPT.as_bytes())?,
            "script-hash" => out.write_all(SCRIPT_HASH.as_bytes())?,
            "data" => json::write_escaped(&Data::new(report, sources), first_markup, out)?,
            other => return Err(io::Error::other(format!("the page has no {other}"))),
        }
        rest = after;
    }
    out.write_all(rest.as_bytes())
}

/// Contains only numbers and fixed words.
fn headline(report: &Report) -> String {
    match (report.summary.counts.is_empty(), report.incomplete_notices().next()) {
        (false, _) => report.summary.counts.describe(&Palette::default()),
        (true, None) => "no findings".to_owned(),
        (true, Some(_)) => "incomplete check".to_owned(),
    }
}

/// The first character that could end a script or start a comment in one, or that no format allows.
fn first_markup(text: &str) -> Option<(usize, char)> {
    let markup = text.char_indices().find(|&(_, c)| matches!(c, '<' | '>' | '&'));
    markup.into_iter().chain(first_unsafe(text)).min()
}

#[derive(Serialize)]
struct Data<'a> {
    version: &'static str,
    documents: usize,
    counts: Counts,
    locales: Vec<LocaleData<'a>>,
    rules: Vec<RuleData>,
    pages: Vec<PageData>,
    notices: Vec<NoticeData>,
    findings: Findings<'a>,
}

#[derive(Serialize)]
struct LocaleData<'a> {
    tag: &'a str,
    name: String,
    documents: usize,
    source: bool,
    reported: bool,
}

#[derive(Serialize)]
struct RuleData {
    id: &'static str,
    summary: &'static str,
    address: String,
}

#[derive(Serialize)]
struct PageData {
    path: String,
    /// A character for each locale: `+` for a document, `-` for a missing one, `.` for one that is not required.
    documents: String,
}

#[derive(Serialize)]
struct NoticeData {
    level: NoticeLevel,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    message: String,
}

#[derive(Serialize)]
struct FindingData {
    id: String,
    severity: Severity,
    /// Indexes into the lists.
    rule: usize,
    locale: usize,
    page: usize,
    message: String,
    panes: Vec<Pane>,
}

impl<'a> Data<'a> {
    fn new(report: &'a Report, sources: &'a Sources<'a>) -> Self {
        let Summary { documents, counts, locales, listing, .. } = &report.summary;
        let used: BTreeMap<usize, &str> = report
            .findings
            .iter()
            .filter_map(|finding| Some((RULES.iter().position(|rule| rule.id == finding.rule)?, finding.rule)))
            .collect();
        let rules = used.keys().map(|&index| RULES[index]);
        let mut pages: Vec<PageData> = listing
            .iter()
            .map(|page| PageData {
                path: visible(page.path.as_str()).into_owned(),
                documents: page.presence(locales.len()),
            })
            .collect();
        let mut index: HashMap<&Utf8Path, usize> = HashMap::new();
        for (at, page) in listing.iter().enumerate() {
            index.extend(page.documents.iter().map(|(_, path)| (path.as_path(), at)));
        }
        // A document that belongs to no page, such as the second of two with one id, gets its own line.
        for finding in &report.findings {
            index.entry(&finding.path).or_insert_with(|| {
                let path = visible(finding.path.as_str()).into_owned();
                pages.push(PageData { path, documents: ".".repeat(locales.len()) });
                pages.len() - 1
            });
        }
        let notices = report.notices.iter().map(|notice| NoticeData {
            level: notice.level,
            path: notice.path.as_deref().map(|path| visible(path.as_str()).into_owned()),
            message: visible(&notice.message).into_owned(),
        });
        Self {
            version: env!("CARGO_PKG_VERSION"),
            documents: *documents,
            counts: *counts,
            locales: locales
                .iter()
                .map(|locale| LocaleData {
                    tag: locale.locale.as_str(),
                    name: locale.locale.name(),
                    documents: locale.documents,
                    source: locale.is_source,
                    reported: locale.is_reported,
                })
                .collect(),
            rules: rules
                .clone()
                .map(|rule| RuleData { id: rule.id, summary: rule.summary, address: help::address(rule) })
                .collect(),
            findings: Findings {
                report,
                rules: rules.map(|rule| rule.id).collect(),
                pages: index,
                panes: Panes::new(sources),
            },
            pages,
            notices: notices.collect(),
        }
    }
}

/// All findings, built one at a time.
struct Findings<'a> {
    report: &'a Report,
    rules: Vec<&'static str>,
    /// Keyed by path.
    pages: HashMap<&'a Utf8Path, usize>,
    panes: Panes<'a>,
}

impl Serialize for Findings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.report.findings.len()))?;
        for finding in &self.report.findings {
            list.serialize_element(&self.finding(finding))?;
        }
        list.end()
    }
}

impl Findings<'_> {
    fn finding(&self, finding: &Finding) -> FindingData {
        let locales = &self.report.summary.locales;
        FindingData {
            id: finding.fingerprint.to_string(),
            severity: finding.severity,
            rule: self.rules.iter().position(|rule| *rule == finding.rule).unwrap_or_default(),
            locale: locales.iter().position(|locale| locale.locale == finding.locale).unwrap_or_default(),
            page: self.pages.get(finding.path.as_path()).copied().unwrap_or_default(),
            message: visible(&finding.message).into_owned(),
            panes: self.panes.of(finding),
        }
    }
}
