//! The findings of the JSON format, one per line.

use crate::json;
use std::io;

use super::options::Options;
use super::outcome::Report;
use super::sources::Sources;

pub(super) fn write(report: &Report, _: &Sources<'_>, _: Options, out: &mut dyn io::Write) -> io::Result<()> {
    report.findings.iter().try_for_each(|finding| json::write_line(finding, out))
}
