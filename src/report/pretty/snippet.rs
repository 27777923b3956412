//! A clip in its frame: line numbers, underline and label, drawn by miette.
//!
//! miette draws one source per diagnostic and repeats a heading for each related one, so every side is drawn on its own
//! and both are put under one heading.

use std::fmt;
use std::io;

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode,
    SourceSpan, SpanContents, ThemeCharacters,
};
use owo_colors::Style;

use super::clip::Clip;
use crate::report::options::{Options, Palette};

/// A clip with the location of its frame.
#[derive(Debug)]
pub(super) struct Snippet {
    /// `path:line:column`, sanitized.
    pub place: String,
    /// The text to show.
    pub clip: Clip,
    /// The style of the underline and its label.
    pub style: Style,
}

impl Snippet {
    /// Columns of its line numbers.
    pub(super) fn gutter(&self) -> usize {
        self.clip.last_line.to_string().len()
    }

    /// Draws it, indented so that its frame lines up with those of snippets with `gutter` columns of line numbers.
    pub(super) fn write(
        &self,
        theme: GraphicalTheme,
        options: Options,
        gutter: usize,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        let mut theme = theme;
        theme.styles.highlights = vec![self.style];
        let handler = GraphicalReportHandler::new_themed(theme)
            .with_width(options.width)
            .with_wrap_lines(false)
            .with_links(false)
            .without_primary_span_start();
        let mut drawn = String::new();
        handler.render_report(&mut drawn, self).map_err(io::Error::other)?;
        let indent = gutter.saturating_sub(self.gutter());
        // The heading is empty, but its line is there.
        for line in drawn.lines().skip_while(|line| line.is_empty()) {
            writeln!(out, "{:indent$}{}", "", line.trim_end())?;
        }
        Ok(())
    }
}

/// The characters and colors of the frame; underlined text gets its style from the snippet.
pub(super) fn theme(options: Options, palette: &Palette) -> GraphicalTheme {
    let mut theme = GraphicalTheme::none();
    if options.unicode {
        theme.characters = ThemeCharacters::unicode();
    }
    theme.styles.link = palette.place;
    theme.styles.linum = palette.faint;
    theme
}

impl fmt::Display for Snippet {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Snippet {}

impl Diagnostic for Snippet {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let Clip { mark, hook, label, .. } = &self.clip;
        let label = (!label.is_empty()).then(|| label.clone());
        let hooked = LabeledSpan::new(label, mark.start, hook - mark.start);
        let rest = (*hook < mark.end).then(|| LabeledSpan::new(None, *hook, mark.end - hook));
        Some(Box::new(std::iter::once(hooked).chain(rest)))
    }
}

impl SourceCode for Snippet {
    /// The clip is the whole text, whatever context is requested.
    fn read_span<'a>(
        &'a self,
        _: &SourceSpan,
        _: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let Clip { text, first_line, last_line, .. } = &self.clip;
        Ok(Box::new(MietteSpanContents::new_named(
            self.place.clone(),
            text.as_bytes(),
            SourceSpan::new(0.into(), text.len()),
            *first_line as usize - 1,
            0,
            (last_line - first_line) as usize + 1,
        )))
    }
}
