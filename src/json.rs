//! JSON output without characters that a terminal or a log would interpret.

use std::io;

use rayon::prelude::*;
use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use crate::sanitize::first_unsafe;

/// How many values one task serializes.
const ROW: usize = 128;

/// Writes all values, with a separator. They are serialized in parallel because there may be many.
pub(crate) fn write_all<T: Serialize + Sync>(
    values: &[T],
    between: &'static [u8],
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let row = |row: &[T]| -> io::Result<Vec<u8>> {
        let mut written = Vec::new();
        for value in row {
            written.extend(to_bytes(value)?);
            written.extend(between);
        }
        Ok(written)
    };
    let rows: Vec<Vec<u8>> = values.par_chunks(ROW).map(row).collect::<io::Result<_>>()?;
    let Some((last, rows)) = rows.split_last() else { return Ok(()) };
    rows.iter().try_for_each(|row| out.write_all(row))?;
    out.write_all(&last[..last.len() - between.len()])
}

pub(crate) fn to_bytes(value: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(1024);
    write_escaped(value, first_unsafe, &mut bytes)?;
    Ok(bytes)
}

/// A string as JSON.
pub(crate) fn to_text(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len() + 2);
    // Serializing into memory cannot fail.
    let _ = text.serialize(&mut Serializer::with_formatter(&mut out, Escaping(first_unsafe)));
    String::from_utf8_lossy(&out).into_owned()
}

/// Writes a value as JSON on one line.
pub(crate) fn write_line(value: &impl Serialize, out: &mut dyn io::Write) -> io::Result<()> {
    write_escaped(value, first_unsafe, out)?;
    out.write_all(b"\n")
}

/// Finds the first character of a text that must be escaped in addition to what JSON requires, and its offset.
pub(crate) type Find = fn(&str) -> Option<(usize, char)>;

/// Writes a value as compact JSON, also escaping the characters that `find` finds, all of which must be in the basic plane.
pub(crate) fn write_escaped(value: &impl Serialize, find: Find, out: &mut dyn io::Write) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut *out, Escaping(find)))?;
    Ok(())
}

/// Compact JSON that also escapes what JSON allows but a terminal would interpret: DEL, C1 controls, bidirectional
/// overrides; or other characters that would be interpreted at the destination.
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
