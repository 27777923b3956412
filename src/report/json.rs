//! The JSON contract: one object with everything.
//!
//! Additions are allowed, changes are not; the order of the fields is the contract's too.

use std::io;

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use super::visible::first_unsafe;
use super::{Options, Report, Sources, Summary};
use crate::finding::{Finding, Notice};

/// Version of the contract.
const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Object<'a> {
    schema: u32,
    tool: Tool,
    summary: &'a Summary,
    findings: &'a [Finding],
    notices: &'a [Notice],
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

pub(super) fn write(report: &Report, _: &Sources<'_>, _: Options, out: &mut dyn io::Write) -> io::Result<()> {
    let object = Object {
        schema: SCHEMA,
        tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        summary: &report.summary,
        findings: &report.findings,
        notices: &report.notices,
    };
    write_line(&object, out)
}

/// A string as JSON.
pub(crate) fn to_text(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len() + 2);
    // Neither a string nor a vector fails.
    let _ = text.serialize(&mut Serializer::with_formatter(&mut out, Escaping(first_unsafe)));
    String::from_utf8_lossy(&out).into_owned()
}

/// A value as JSON in one line.
pub(crate) fn write_line(value: &impl Serialize, out: &mut dyn io::Write) -> io::Result<()> {
    write_escaped(value, first_unsafe, out)?;
    out.write_all(b"\n")
}

/// Finds the first character of a text that is escaped beside those that JSON escapes, and where it stands.
pub(super) type Find = fn(&str) -> Option<(usize, char)>;

/// A value as compact JSON in which the characters that `find` finds, all of the basic plane, are escaped too.
pub(super) fn write_escaped(value: &impl Serialize, find: Find, out: &mut dyn io::Write) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut *out, Escaping(find)))?;
    Ok(())
}

/// Compact JSON that also escapes what JSON lets pass and a terminal obeys: DEL, C1 controls, bidirectional overrides; or
/// what else would be obeyed where it goes.
struct Escaping(Find);

impl Formatter for Escaping {
    fn write_string_fragment<W: io::Write + ?Sized>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, c)) = (self.0)(rest) {
            out.write_all(&rest.as_bytes()[..at])?;
            write!(out, "\\u{:04x}", u32::from(c))?;
            rest = &rest[at + c.len_utf8()..];
        }
        out.write_all(rest.as_bytes())
    }
}
