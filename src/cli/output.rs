//! In which formats to report, and where to.

use camino::Utf8PathBuf;

use crate::config::nearest::suggestion;

/// The formats of `check`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormatName {
    /// For people: both sides, underlined.
    Pretty,
    /// One line a finding.
    Short,
    /// One object.
    Json,
    /// One object a line, one line a finding.
    Jsonl,
}

const FORMATS: [(&str, FormatName); 4] = [
    ("pretty", FormatName::Pretty),
    ("short", FormatName::Short),
    ("json", FormatName::Json),
    ("jsonl", FormatName::Jsonl),
];

/// One report: `NAME` or `NAME=FILE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// How it is written.
    pub format: FormatName,
    /// Where to; `None` is standard output.
    pub file: Option<Utf8PathBuf>,
}

/// Reads `NAME` or `NAME=FILE`.
pub(super) fn output(written: &str) -> Result<Output, String> {
    let (name, file) = match written.split_once('=') {
        Some((name, "")) => return Err(format!("a file is missing after `{name}=`")),
        Some((name, file)) => (name, Some(file.into())),
        None => (written, None),
    };
    match FORMATS.iter().find(|(known, _)| *known == name) {
        Some((_, format)) => Ok(Output { format: *format, file }),
        None => Err(format!("there is no such format: {}", suggestion(name, FORMATS.iter().map(|(known, _)| *known)))),
    }
}

/// The place that two of the outputs share, in words.
pub(super) fn same_place(outputs: &[Output]) -> Option<String> {
    let twice = |(index, output): (usize, &Output)| outputs[..index].iter().any(|other| other.file == output.file);
    let index = outputs.iter().enumerate().position(twice)?;
    Some(outputs[index].file.as_ref().map_or("standard output".to_owned(), |file| format!("`{file}`")))
}
