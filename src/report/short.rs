//! `path:line:column: severity[rule]: message`, one line per finding.

use std::io::{self, Write as _};

use owo_colors::OwoColorize;

use super::options::{Options, Palette};
use super::outcome::Report;
use super::sources::Sources;
use crate::finding::Finding;
use crate::sanitize::{Sanitized, visible};

pub(super) fn write(report: &Report, _: &Sources<'_>, options: Options, out: &mut dyn io::Write) -> io::Result<()> {
    let palette = options.palette();
    let mut out = Sanitized::new(out);
    report.findings.iter().try_for_each(|finding| write_line(finding, &palette, &mut out))?;
    out.flush()
}

/// A finding in one line, whatever its message and path contain.
pub(super) fn write_line(finding: &Finding, palette: &Palette, out: &mut dyn io::Write) -> io::Result<()> {
    let start = finding.range.start;
    writeln!(
        out,
        "{}: {}{}: {}",
        format_args!("{}:{}:{}", visible(finding.path.as_str()), start.line, start.column).style(palette.place),
        finding.severity.as_str().style(palette.severity(finding.severity)),
        format_args!("[{}]", finding.rule).style(palette.strong),
        visible(&finding.message),
    )
}
