//! The JSON contract: one object with everything.
//!
//! Additions are allowed, changes are not; the order of the fields is the contract's too.

use std::io;
use std::ops::RangeInclusive;

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use super::visible::is_unsafe;
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
    let _ = text.serialize(&mut Serializer::with_formatter(&mut out, Escaping::new(is_unsafe)));
    String::from_utf8_lossy(&out).into_owned()
}

/// A value as JSON in one line.
pub(crate) fn write_line(value: &impl Serialize, out: &mut dyn io::Write) -> io::Result<()> {
    write_escaped(value, is_unsafe, out)?;
    out.write_all(b"\n")
}

/// A value as compact JSON in which the characters of `escaped`, all of the basic plane, are escaped too.
pub(super) fn write_escaped(
    value: &impl Serialize,
    escaped: fn(char) -> bool,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut *out, Escaping::new(escaped)))?;
    Ok(())
}

/// Compact JSON that also escapes what JSON lets pass and a terminal obeys: DEL, C1 controls, bidirectional overrides; or
/// what else would be obeyed where it goes.
struct Escaping {
    escaped: fn(char) -> bool,
    /// Whether nothing plain is escaped.
    passes_plain: bool,
}

/// What ASCII shows.
const PLAIN: RangeInclusive<u8> = b' '..=b'~';

impl Escaping {
    fn new(escaped: fn(char) -> bool) -> Self {
        Self { escaped, passes_plain: !PLAIN.map(char::from).any(escaped) }
    }
}

impl Formatter for Escaping {
    fn write_string_fragment<W: io::Write + ?Sized>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        // Most text is plain, and need not be looked at letter by letter.
        if self.passes_plain && fragment.bytes().all(|byte| PLAIN.contains(&byte)) {
            return out.write_all(fragment.as_bytes());
        }
        let mut rest = fragment;
        while let Some((at, c)) = rest.char_indices().find(|&(_, c)| (self.escaped)(c)) {
            out.write_all(&rest.as_bytes()[..at])?;
            write!(out, "\\u{:04x}", u32::from(c))?;
            rest = &rest[at + c.len_utf8()..];
        }
        out.write_all(rest.as_bytes())
    }
}
