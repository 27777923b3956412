//! What can be wrong with a configuration, and how it is told.

use std::fmt;

use camino::Utf8PathBuf;
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteDiagnostic, NamedSource, Report};

use crate::text::{LineIndex, Range, Span};

/// Why there is no configuration to work with.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// Both names that a configuration file can have are taken in one folder.
    #[error("{0} and {1} are both there: keep one of them")]
    Ambiguous(Utf8PathBuf, Utf8PathBuf),
    /// The file is not there, or is not UTF-8 text.
    #[error("cannot read the configuration {path}: {error}")]
    Unreadable {
        /// As it was given or found.
        path: Utf8PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// The file, or what it extends, has mistakes: the files that do, at least one.
    #[error("{}", lines(.0))]
    Invalid(Vec<Invalid>),
}

impl ConfigError {
    /// For people: mistakes in the file are shown in their lines. Ends with a newline.
    pub fn pretty(&self, color: bool) -> String {
        match self {
            Self::Invalid(files) => files.iter().map(|file| file.pretty(color)).collect::<Vec<_>>().join("\n"),
            Self::Ambiguous(..) | Self::Unreadable { .. } => format!("error: {self}\n"),
        }
    }
}

/// The mistakes of all files, one a line.
fn lines(files: &[Invalid]) -> String {
    files.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// All mistakes in one configuration file.
///
/// Displayed as one line each: `path:line:column: error: message (help)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invalid {
    /// As it was given or found.
    pub path: Utf8PathBuf,
    /// At least one, by place.
    pub problems: Vec<Problem>,
    text: String,
}

/// One mistake in a configuration file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where it is.
    pub range: Range,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Invalid {
    /// The mistakes `faults` of the file at `path`, which contains `text`.
    pub(super) fn new(path: Utf8PathBuf, text: String, mut faults: Vec<Fault>) -> Self {
        faults.sort_by_key(|fault| fault.span);
        let index = LineIndex::new(&text);
        let problem =
            |fault: Fault| Problem { range: index.range(&text, fault.span), message: fault.message, help: fault.help };
        Self { path, problems: faults.into_iter().map(problem).collect(), text }
    }

    fn pretty(&self, color: bool) -> String {
        let theme = if color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
        let handler = GraphicalReportHandler::new_themed(theme).with_links(false);
        let mut result = String::new();
        for (index, problem) in self.problems.iter().enumerate() {
            if index > 0 {
                result.push('\n');
            }
            let bytes = problem.range.start.byte as usize..problem.range.end.byte as usize;
            let mut diagnostic = MietteDiagnostic::new(&problem.message).with_label(LabeledSpan::underline(bytes));
            diagnostic.help.clone_from(&problem.help);
            let source = NamedSource::new(&self.path, self.text.clone());
            let report = Report::new(diagnostic).with_source_code(source);
            if handler.render_report(&mut result, report.as_ref()).is_err() {
                // The only way left to tell it: without its line.
                result.push_str(&problem.message);
                result.push('\n');
            }
        }
        result
    }
}

impl std::error::Error for Invalid {}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            let newline = if index == 0 { "" } else { "\n" };
            let start = problem.range.start;
            write!(f, "{newline}{}:{}:{}: error: {}", self.path, start.line, start.column, problem.message)?;
            if let Some(help) = &problem.help {
                write!(f, " ({help})")?;
            }
        }
        Ok(())
    }
}

/// A mistake while it is being collected.
#[derive(Debug)]
pub(super) struct Fault {
    pub span: Span,
    pub message: String,
    pub help: Option<String>,
}

impl Fault {
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), help: None }
    }

    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
