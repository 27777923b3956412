//! Notices in the terminal, one line each. Equal notices share a line.

use std::collections::BTreeMap;
use std::io::{self, Write as _};

use camino::Utf8Path;
use owo_colors::OwoColorize;

use super::options::Options;
use super::summary::plural;
use crate::finding::{Notice, NoticeLevel};
use crate::sanitize::{Sanitized, visible};

/// Writes `note: …`, `warning: …` and `error: …` lines, the most severe last, where they are seen. Files with the same
/// notice share a line.
///
/// # Errors
///
/// The errors of the writer.
pub fn write_notices<'n>(
    notices: impl IntoIterator<Item = &'n Notice>,
    options: Options,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let palette = options.palette();
    let mut out = Sanitized::new(out);
    let mut kinds = BTreeMap::<(NoticeLevel, &str), Vec<&Utf8Path>>::new();
    for notice in notices {
        kinds.entry((notice.level, &notice.message)).or_default().extend(notice.path.as_deref());
    }
    for ((level, message), paths) in kinds {
        let (word, style) = match level {
            NoticeLevel::Note => ("note", palette.info),
            NoticeLevel::Warning => ("warning", palette.warning),
            NoticeLevel::Incomplete => ("error", palette.error),
        };
        write!(out, "{} ", format_args!("{word}:").style(style))?;
        match paths.as_slice() {
            [] => {}
            [path] => write!(out, "{}: ", visible(path.as_str()))?,
            [path, others @ ..] => {
                write!(out, "{} and {}: ", visible(path.as_str()), plural(others.len(), "other file", "s"))?;
            }
        }
        writeln!(out, "{}", visible(message))?;
    }
    out.flush()
}
