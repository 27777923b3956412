//! Errors in a configuration, and how they are displayed.

use std::fmt::{self, Write as _};

use camino::Utf8PathBuf;
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteDiagnostic, Report};

use super::excerpt::Excerpt;
use crate::report::plural;
use crate::sanitize::visible;
use isogloss_text::{LineIndex, Range, Span};

/// The most problems shown for one file.
const MOST_PROBLEMS: usize = 50;
/// The longest message, in characters: it may quote the file.
const LONGEST_MESSAGE: usize = 600;

/// Why the configuration cannot be loaded.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A folder contains both possible configuration files.
    #[error("both `{0}` and `{1}` exist; keep one of them")]
    Ambiguous(Utf8PathBuf, Utf8PathBuf),
    /// The file does not exist, cannot be read or is not UTF-8 text.
    #[error("cannot read the configuration `{path}`: {error}")]
    Unreadable {
        /// As given or discovered.
        path: Utf8PathBuf,
        /// The system's error.
        error: std::io::Error,
    },
    /// Problems in the file or in those it extends: the files that have any, at least one.
    #[error("{}", lines(.0))]
    Invalid(Vec<Invalid>),
}

impl ConfigError {
    /// The error for people, with excerpts of the file. Ends with a newline.
    pub fn pretty(&self, color: bool) -> String {
        match self {
            Self::Invalid(files) => files.iter().map(|file| file.pretty(color)).collect::<Vec<_>>().join("\n"),
            Self::Ambiguous(..) | Self::Unreadable { .. } => format!("error: {self}\n"),
        }
    }
}

/// The problems in all files, one per line.
fn lines(files: &[Invalid]) -> String {
    files.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// All problems in one configuration file.
///
/// Displayed as one line per problem: `path:line:column: error: message (help)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invalid {
    /// As given or discovered.
    pub path: Utf8PathBuf,
    /// At least one and at most 50, by position.
    pub problems: Vec<Problem>,
    /// How many more problems there are.
    pub more: usize,
    text: String,
}

/// One problem in a configuration file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where it is.
    pub range: Range,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// How to fix it.
    pub help: Option<String>,
}

impl Invalid {
    /// The problems `faults` of the file at `path`, which contains `text`.
    pub(super) fn new(path: Utf8PathBuf, text: String, mut faults: Vec<Fault>) -> Self {
        faults.sort_by_key(|fault| fault.span);
        let more = faults.len().saturating_sub(MOST_PROBLEMS);
        faults.truncate(MOST_PROBLEMS);
        let index = LineIndex::new(&text);
        let problem = |fault: &Fault| Problem {
            range: index.range(&text, fault.span),
            message: clipped(&fault.message),
            help: fault.help.as_deref().map(clipped),
        };
        Self { path, problems: faults.iter().map(problem).collect(), more, text }
    }

    fn pretty(&self, color: bool) -> String {
        let theme = if color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
        let handler = GraphicalReportHandler::new_themed(theme).with_links(false).without_primary_span_start();
        let mut result = String::new();
        for (index, problem) in self.problems.iter().enumerate() {
            if index > 0 {
                result.push('\n');
            }
            let excerpt = Excerpt::new(self.path.as_str(), &self.text, problem.range);
            let label = LabeledSpan::underline(excerpt.mark.clone());
            let mut diagnostic = MietteDiagnostic::new(&problem.message).with_label(label);
            diagnostic.help.clone_from(&problem.help);
            let report = Report::new(diagnostic).with_source_code(excerpt);
            if handler.render_report(&mut result, report.as_ref()).is_err() {
                // If the excerpt cannot be rendered, show the message alone.
                result.push_str(&problem.message);
                result.push('\n');
            }
        }
        if let Some(more) = self.and_more() {
            let _ = writeln!(result, "\n{more}");
        }
        result
    }

    /// The line about problems that are not shown.
    fn and_more(&self) -> Option<String> {
        let problems = plural(self.more, "more problem", "s");
        (self.more > 0).then(|| format!("and {problems} in {}", self.path))
    }
}

/// Truncates a long message and replaces characters that a terminal would interpret.
fn clipped(message: &str) -> String {
    let mut message = visible(message).into_owned();
    if let Some((end, _)) = message.char_indices().nth(LONGEST_MESSAGE) {
        message.truncate(end);
        message.push('…');
    }
    message
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
        match self.and_more() {
            Some(more) => write!(f, "\n{more}"),
            None => Ok(()),
        }
    }
}

/// A problem before its position is resolved to lines and columns.
#[derive(Debug)]
pub(super) struct Fault {
    pub span: Span,
    pub message: String,
    pub help: Option<String>,
}

impl Fault {
    pub(super) fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), help: None }
    }

    #[must_use]
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
