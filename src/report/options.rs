//! What the stream that is written to can show.

use std::env;
use std::io::IsTerminal;

use clap::ColorChoice;
use owo_colors::Style;
use terminal_size::{Width, terminal_size_of};

use crate::finding::Severity;

/// Columns, where the stream is no terminal and does not say.
const DEFAULT_WIDTH: usize = 100;
/// Narrower than this nothing is clipped to: a snippet would show nothing.
const LEAST_WIDTH: usize = 40;

/// How to write for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Whether to use ANSI colours.
    pub color: bool,
    /// Whether frames and signs may use more than ASCII.
    pub unicode: bool,
    /// Columns.
    pub width: usize,
}

impl Options {
    /// Plain text for files and other programs.
    pub fn plain() -> Self {
        Self { color: false, unicode: true, width: DEFAULT_WIDTH }
    }

    /// What standard output can show; `Auto` is colour on a terminal, unless `NO_COLOR` is set.
    pub fn for_stdout(color: ColorChoice) -> Self {
        let stdout = std::io::stdout();
        Self::detect(color, stdout.is_terminal(), terminal_size_of(stdout).map(|(width, _)| width))
    }

    /// The same for standard error.
    pub fn for_stderr(color: ColorChoice) -> Self {
        let stderr = std::io::stderr();
        Self::detect(color, stderr.is_terminal(), terminal_size_of(stderr).map(|(width, _)| width))
    }

    fn detect(color: ColorChoice, terminal: bool, width: Option<Width>) -> Self {
        let color = match color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            // https://no-color.org: any value but the empty one.
            ColorChoice::Auto => {
                terminal
                    && env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
                    && env::var_os("TERM").is_none_or(|value| value != "dumb")
            }
        };
        let width = width.map_or(DEFAULT_WIDTH, |Width(columns)| usize::from(columns));
        Self { color, unicode: !terminal || supports_unicode::supports_unicode(), width: width.max(LEAST_WIDTH) }
    }

    /// The styles for these options.
    pub fn palette(self) -> Palette {
        if !self.color {
            return Palette::default();
        }
        Palette {
            error: Style::new().red().bold(),
            warning: Style::new().yellow().bold(),
            info: Style::new().cyan(),
            other: Style::new().green(),
            place: Style::new().cyan(),
            strong: Style::new().bold(),
            faint: Style::new().dimmed(),
        }
    }

    /// The sign in front of findings of that severity.
    pub(crate) fn icon(self, severity: Severity) -> &'static str {
        match (severity, self.unicode) {
            (Severity::Error, true) => "×",
            (Severity::Warning, true) => "⚠",
            (Severity::Info, true) => "☞",
            (Severity::Error, false) => "x",
            (Severity::Warning, false) => "!",
            (Severity::Info, false) => ">",
        }
    }
}

/// The styles of everything that is written for people; all plain without colour.
#[derive(Debug, Clone, Copy, Default)]
pub struct Palette {
    /// The word "error" and what is underlined for it.
    pub error: Style,
    /// The same for warnings.
    pub warning: Style,
    /// The same for information.
    pub info: Style,
    /// What is underlined on the other side.
    pub other: Style,
    /// Paths with line and column.
    pub place: Style,
    /// Rules and locales.
    pub strong: Style,
    /// Frames, line numbers and asides.
    pub faint: Style,
}

impl Palette {
    /// The style of a severity.
    pub fn severity(&self, severity: Severity) -> Style {
        match severity {
            Severity::Error => self.error,
            Severity::Warning => self.warning,
            Severity::Info => self.info,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_wins_over_what_is_detected() {
        for (choice, terminal, color) in
            [(ColorChoice::Always, false, true), (ColorChoice::Never, true, false), (ColorChoice::Auto, false, false)]
        {
            assert_eq!(Options::detect(choice, terminal, None).color, color, "{choice:?}");
        }
        assert_eq!(Options::detect(ColorChoice::Never, true, Some(Width(0))).width, LEAST_WIDTH);
        assert_eq!(Options::detect(ColorChoice::Never, true, Some(Width(132))).width, 132);
        assert_eq!(Options::detect(ColorChoice::Never, false, None).width, DEFAULT_WIDTH);
    }
}
