//! The JSON format: one object with the whole report.
//!
//! Fields may be added but not changed; their order is part of the format.

use std::io;

use serde::Serialize;

use super::options::Options;
use super::outcome::Report;
use super::sources::Sources;
use super::summary::Summary;
use crate::json::{to_bytes, write_all, write_escaped};
use crate::sanitize::first_unsafe;

/// Version of the format.
const SCHEMA: u32 = 1;

/// The part before the findings.
#[derive(Serialize)]
struct Head<'a> {
    schema: u32,
    tool: Tool,
    summary: &'a Summary,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

pub(super) fn write(report: &Report, _: &Sources<'_>, _: Options, out: &mut dyn io::Write) -> io::Result<()> {
    let tool = Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") };
    let head = to_bytes(&Head { schema: SCHEMA, tool, summary: &report.summary })?;
    // The object goes on.
    out.write_all(&head[..head.len() - 1])?;
    out.write_all(b",\"findings\":[")?;
    write_all(&report.findings, b",", out)?;
    out.write_all(b"],\"notices\":")?;
    write_escaped(&report.notices, first_unsafe, out)?;
    out.write_all(b"}\n")
}
