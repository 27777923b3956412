//! The capabilities of an output stream.

use std::env;
use std::io::IsTerminal;

use clap::ColorChoice;
use owo_colors::Style;
use terminal_size::{Width, terminal_size_of};

use crate::finding::Severity;

/// Columns if the stream is not a terminal or does not know.
const DEFAULT_WIDTH: usize = 100;
/// Minimum columns: narrower snippets would show nothing.
const LEAST_WIDTH: usize = 40;

/// Options of formats for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Whether to use ANSI colors.
    pub color: bool,
    /// Whether to use characters other than ASCII for frames and signs.
    pub unicode: bool,
    /// Columns.
    pub width: usize,
}

impl Options {
    /// Plain text for files and other programs.
    pub fn plain() -> Self {
        Self { color: false, unicode: true, width: DEFAULT_WIDTH }
    }

    /// Options for standard output; `Auto` is color on a terminal, unless `NO_COLOR` is set.
    pub fn for_stdout(color: ColorChoice) -> Self {
        let stdout = std::io::stdout();
        Self::detect(color, stdout.is_terminal(), terminal_size_of(stdout).map(|(width, _)| width))
    }

    /// Options for standard error.
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

    /// The sign before findings of a severity.
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

/// The styles of output for people; all plain without color.
#[derive(Debug, Clone, Copy, Default)]
pub struct Palette {
    /// Errors, and what is underlined for them.
    pub error: Style,
    /// Warnings.
    pub warning: Style,
    /// Infos.
    pub info: Style,
    /// Underlined text on the other side.
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
    fn explicit_options_win_over_detected_ones() {
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
