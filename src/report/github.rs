//! GitHub Actions annotations: workflow commands, one per line.
//! <https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands>

use std::fmt::{self, Write as _};
use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::Path;

use super::markdown;
use super::options::Options;
use super::outcome::{Report, path_in_repository, worst_first};
use super::sources::Sources;
use crate::finding::{Finding, Severity};
use crate::sanitize::visible;

/// Writes the most severe first: GitHub shows ten of each level per step.
pub(super) fn write(report: &Report, sources: &Sources<'_>, _: Options, out: &mut dyn io::Write) -> io::Result<()> {
    for notice in report.incomplete_notices() {
        let path = path_in_repository(notice, sources);
        let sentence = notice.sentence(path.as_deref());
        write!(out, "::error title=isogloss")?;
        if let Some(path) = path {
            write!(out, ",file={}", Property(&visible(&path)))?;
        }
        writeln!(out, "::{}", Data(&visible(&sentence)))?;
    }
    worst_first(&report.findings).into_iter().try_for_each(|finding| write_command(finding, sources, out))
}

fn write_command(finding: &Finding, sources: &Sources<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let path = sources.in_repository(&finding.path);
    let path = visible(&path);
    let (start, end) = (finding.range.start, finding.range.end);
    write!(out, "::{command} title={},file={},line={}", finding.rule, Property(&path), start.line)?;
    write!(out, ",endLine={}", end.line)?;
    // GitHub accepts columns within one line only.
    if start.line == end.line {
        write!(out, ",col={},endColumn={}", start.column, end.column)?;
    }
    // The log shows only the message, so it contains the location too.
    let message = visible(&finding.message);
    write!(out, "::{}:{}:{}: {}", Data(&path), start.line, start.column, Data(&message))?;
    if let Some(related) = finding.related.first() {
        let other = sources.in_repository(&related.path);
        let (other, message, start) = (visible(&other), visible(&related.message), related.range.start);
        write!(out, "%0A{}:{}:{}: {}", Data(&other), start.line, start.column, Data(&message))?;
    }
    writeln!(out)
}

/// Appends the report to the job summary in one write, after the text of earlier steps.
///
/// # Errors
///
/// If the file cannot be written.
pub fn append_job_summary(path: &Path, report: &Report, sources: &Sources<'_>) -> io::Result<()> {
    let mut file = OpenOptions::new().create(true).append(true).open(path)?;
    let mut text = Vec::new();
    if file.metadata()?.len() > 0 {
        text.push(b'\n');
    }
    markdown::write(report, sources, Options::plain(), &mut text)?;
    file.write_all(&text)
}

/// Text escaped as the data of a command.
struct Data<'a>(&'a str);

impl fmt::Display for Data<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        escape(self.0, &['%', '\r', '\n'], f)
    }
}

/// Text escaped as the value of a command's property.
struct Property<'a>(&'a str);

impl fmt::Display for Property<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        escape(self.0, &['%', '\r', '\n', ':', ','], f)
    }
}

fn escape(text: &str, escaped: &[char], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    text.chars().try_for_each(
        |c| {
            if escaped.contains(&c) { write!(f, "%{:02X}", u32::from(c)) } else { f.write_char(c) }
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_a_command_or_a_property() {
        let text = "50 %\r\n::error::a,b=c %0A";
        assert_eq!(Data(text).to_string(), "50 %25%0D%0A::error::a,b=c %250A");
        assert_eq!(Property(text).to_string(), "50 %25%0D%0A%3A%3Aerror%3A%3Aa%2Cb=c %250A");
    }
}
