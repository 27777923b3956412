//! `JUnit` XML as the test reports of CI services read it: <https://github.com/testmoapp/junitxml>.
//!
//! Each locale is a suite and each finding a case: errors and warnings are failures, and infos are skipped. A locale
//! without findings has one passed case, because services treat a report without cases as an error.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::io;

use quick_xml::events::BytesText;
use quick_xml::writer::Writer;

use super::options::Options;
use super::outcome::{Report, path_in_repository};
use super::sources::Sources;
use super::summary::plural;
use super::summary::{Counts, LocaleSummary};
use super::xml;
use crate::finding::{Finding, Notice, Severity};
use isogloss_text::Locale;

type Xml<'w> = Writer<&'w mut dyn io::Write>;

pub(super) fn write(report: &Report, sources: &Sources<'_>, _: Options, out: &mut dyn io::Write) -> io::Result<()> {
    let mut findings = BTreeMap::<&Locale, Vec<&Finding>>::new();
    for finding in &report.findings {
        findings.entry(&finding.locale).or_default().push(finding);
    }
    let locales: Vec<(&LocaleSummary, Vec<&Finding>)> = report
        .summary
        .locales
        .iter()
        .filter(|locale| locale.is_reported)
        .map(|locale| (locale, findings.remove(&locale.locale).unwrap_or_default()))
        .collect();
    let incomplete: Vec<&Notice> = report.incomplete_notices().collect();
    let passed = locales.iter().filter(|(_, findings)| findings.is_empty()).count();
    let total = Totals { passed, errors: incomplete.len(), ..Totals::of(report.summary.counts) };

    let mut xml = xml::document(out)?;
    suite("testsuites", env!("CARGO_PKG_NAME"), total, &mut xml, |xml| {
        if !incomplete.is_empty() {
            let totals = Totals { errors: incomplete.len(), ..Totals::default() };
            suite("testsuite", "not checked", totals, xml, |xml| {
                incomplete.iter().try_for_each(|notice| write_notice(notice, sources, xml))
            })?;
        }
        locales.iter().try_for_each(|(locale, findings)| write_locale(locale, findings, sources, xml))
    })?;
    xml::end(xml)
}

/// Counts of cases.
#[derive(Debug, Clone, Copy, Default)]
struct Totals {
    passed: usize,
    failures: usize,
    errors: usize,
    skipped: usize,
}

impl Totals {
    fn of(counts: Counts) -> Self {
        Self { failures: counts.errors + counts.warnings, skipped: counts.info, ..Self::default() }
    }
}

fn suite<'w>(
    element: &str,
    name: &str,
    totals: Totals,
    xml: &mut Xml<'w>,
    inner: impl FnOnce(&mut Xml<'w>) -> io::Result<()>,
) -> io::Result<()> {
    let Totals { passed, failures, errors, skipped } = totals;
    let mut suite = xml.create_element(element).with_attribute(("name", name));
    let tests = passed + failures + errors + skipped;
    for (name, count) in [("tests", tests), ("failures", failures), ("errors", errors), ("skipped", skipped)] {
        suite = suite.with_attribute((name, count.to_string().as_str()));
    }
    suite.write_inner_content(inner)?;
    Ok(())
}

fn write_locale(
    locale: &LocaleSummary,
    findings: &[&Finding],
    sources: &Sources<'_>,
    xml: &mut Xml<'_>,
) -> io::Result<()> {
    let name = locale.locale.as_str();
    let totals = Totals { passed: usize::from(findings.is_empty()), ..Totals::of(locale.counts) };
    suite("testsuite", name, totals, xml, |xml| {
        if findings.is_empty() {
            let pages = plural(locale.documents, "page", "s");
            xml.create_element("testcase")
                .with_attribute(("name", pages.as_str()))
                .with_attribute(("classname", name))
                .write_empty()?;
        }
        // Services identify cases by name and file.
        let mut seen = HashMap::<(&str, &str, &str), usize>::new();
        findings.iter().try_for_each(|finding| {
            let before = seen.entry((finding.path.as_str(), finding.rule, &finding.message)).or_default();
            *before += 1;
            write_finding(finding, *before, sources, xml)
        })
    })
}

/// A finding, the `number`th with its message in its file, from 1.
fn write_finding(finding: &Finding, number: usize, sources: &Sources<'_>, xml: &mut Xml<'_>) -> io::Result<()> {
    let path = sources.in_repository(&finding.path);
    let path = xml::clean(&path);
    let message = xml::clean(&finding.message);
    let start = finding.range.start;
    let again = if number > 1 { Cow::Owned(format!(" ({number})")) } else { Cow::Borrowed("") };
    let case = xml
        .create_element("testcase")
        .with_attribute(("name", format!("{}: {message}{again}", finding.rule).as_str()))
        .with_attribute(("classname", &*path))
        .with_attribute(("file", &*path))
        .with_attribute(("line", start.line.to_string().as_str()));
    case.write_inner_content(|xml| {
        if finding.severity == Severity::Info {
            xml.create_element("skipped").with_attribute(("message", &*message)).write_empty()?;
            return Ok(());
        }
        let mut text = format!("{path}:{}:{}: {}: {message}", start.line, start.column, finding.severity.as_str());
        for related in &finding.related {
            let (other, start) = (sources.in_repository(&related.path), related.range.start);
            let (other, message) = (xml::clean(&other), xml::clean(&related.message));
            let _ = write!(text, "\n{other}:{}:{}: {message}", start.line, start.column);
        }
        xml.create_element("failure")
            .with_attribute(("type", finding.rule))
            .with_attribute(("message", &*message))
            .write_text_content(BytesText::new(&text))?;
        Ok(())
    })?;
    Ok(())
}

fn write_notice(notice: &Notice, sources: &Sources<'_>, xml: &mut Xml<'_>) -> io::Result<()> {
    let sentence = notice.sentence(path_in_repository(notice, sources).as_deref());
    let message = xml::clean(&sentence);
    let case = xml.create_element("testcase").with_attribute(("name", &*message));
    case.with_attribute(("classname", env!("CARGO_PKG_NAME"))).write_inner_content(|xml| {
        xml.create_element("error").with_attribute(("message", &*message)).write_empty()?;
        Ok(())
    })?;
    Ok(())
}
