//! What can be wrong with a configuration, and how it is told.

use std::fmt::{self, Write as _};

use camino::Utf8PathBuf;
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteDiagnostic, Report};

use super::excerpt::Excerpt;
use crate::report::plural;
use crate::sanitize::visible;
use isogloss_text::{LineIndex, Range, Span};

/// The most mistakes of one file that are shown.
const MOST_PROBLEMS: usize = 50;
/// The most characters of a message: it may quote what is written.
const LONGEST_MESSAGE: usize = 600;

/// Why there is no configuration to work with.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// Both names that a configuration file can have are taken in one folder.
    #[error("both `{0}` and `{1}` exist; keep one of them")]
    Ambiguous(Utf8PathBuf, Utf8PathBuf),
    /// The file is not there, or is not UTF-8 text.
    #[error("cannot read the configuration `{path}`: {error}")]
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
    /// At least one and at most 50, by place.
    pub problems: Vec<Problem>,
    /// How many more mistakes there are.
    pub more: usize,
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
                // Without its line, it is said all the same.
                result.push_str(&problem.message);
                result.push('\n');
            }
        }
        if let Some(more) = self.and_more() {
            let _ = writeln!(result, "\n{more}");
        }
        result
    }

    /// What to say about the mistakes that are not shown.
    fn and_more(&self) -> Option<String> {
        let problems = plural(self.more, "more problem", "s");
        (self.more > 0).then(|| format!("and {problems} in {}", self.path))
    }
}

/// A message that is not too long to be read, and that no terminal obeys.
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
