//! The JSON contract of `status`: one object. Additions are allowed, changes are not.

use std::io;

use serde::Serialize;

use super::overview::Status;
use super::row::Row;
use crate::finding::Notice;
use crate::json::write_line as write_json_line;
use crate::report::Options;
use isogloss_text::Locale;

/// Version of the format.
const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Object<'a> {
    schema: u32,
    tool: Tool,
    source: Option<&'a Locale>,
    pages: usize,
    words: usize,
    locales: &'a [Row],
    unjudged: Option<&'static str>,
    notices: &'a [Notice],
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

pub(super) fn write(status: &Status, _: Options, out: &mut dyn io::Write) -> io::Result<()> {
    let object = Object {
        schema: SCHEMA,
        tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        source: status.source.as_ref(),
        pages: status.pages,
        words: status.words,
        locales: &status.rows,
        unjudged: status.unjudged,
        notices: &status.notices,
    };
    write_json_line(&object, out)
}
