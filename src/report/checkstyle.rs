//! Checkstyle XML, which most services can read: <https://github.com/checkstyle/checkstyle>.

use std::io;

use camino::Utf8Path;
use quick_xml::writer::Writer;

use super::options::Options;
use super::outcome::{INCOMPLETE, Report};
use super::sources::Sources;
use super::xml;
use crate::finding::{Finding, Notice, Severity};

/// The version of Checkstyle whose XML this is: readers check it, and the format has not changed since.
const VERSION: &str = "4.3";

pub(super) fn write(report: &Report, _: &Sources<'_>, _: Options, out: &mut dyn io::Write) -> io::Result<()> {
    let mut xml = xml::document(out)?;
    xml.create_element("checkstyle").with_attribute(("version", VERSION)).write_inner_content(|xml| {
        report.incomplete_notices().try_for_each(|notice| write_notice(notice, xml))?;
        report.findings.chunk_by(|a, b| a.path == b.path).try_for_each(|findings| write_file(findings, xml))
    })?;
    xml::end(xml)
}

fn write_notice(notice: &Notice, xml: &mut Writer<&mut dyn io::Write>) -> io::Result<()> {
    let path = xml::clean(notice.path.as_deref().map_or(".", Utf8Path::as_str));
    xml.create_element("file").with_attribute(("name", &*path)).write_inner_content(|xml| {
        xml.create_element("error")
            .with_attribute(("line", "1"))
            .with_attribute(("severity", Severity::Error.as_str()))
            .with_attribute(("message", &*xml::clean(&notice.message)))
            .with_attribute(("source", format!("isogloss.{INCOMPLETE}").as_str()))
            .write_empty()?;
        Ok(())
    })?;
    Ok(())
}

/// The findings of one file, at least one.
fn write_file(findings: &[Finding], xml: &mut Writer<&mut dyn io::Write>) -> io::Result<()> {
    let path = xml::clean(findings[0].path.as_str());
    xml.create_element("file").with_attribute(("name", &*path)).write_inner_content(|xml| {
        for finding in findings {
            let start = finding.range.start;
            xml.create_element("error")
                .with_attribute(("line", start.line.to_string().as_str()))
                .with_attribute(("column", start.column.to_string().as_str()))
                .with_attribute(("severity", finding.severity.as_str()))
                .with_attribute(("message", &*xml::clean(&finding.message)))
                .with_attribute(("source", format!("isogloss.{}", finding.rule).as_str()))
                .write_empty()?;
        }
        Ok(())
    })?;
    Ok(())
}
