//! The readable text of a document, mapped to its source.

use isogloss_text::Span;

/// The readable text of all blocks, one after another: entities decoded, without markup, and with a
/// [`PLACEHOLDER`](crate::PLACEHOLDER) for everything that is not prose.
#[derive(Debug, Clone, Default)]
pub struct PlainText {
    text: String,
    pieces: Vec<Piece>,
}

/// A run of plain text from one run of source text; it extends to the next one.
#[derive(Debug, Clone, Copy)]
struct Piece {
    plain: u32,
    source: Span,
    /// Whether it equals its source.
    verbatim: bool,
}

impl PlainText {
    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Length in bytes: the offset of the next push.
    pub(crate) fn len(&self) -> usize {
        self.text.len()
    }

    /// Reserves capacity for this many bytes of text.
    pub(crate) fn reserve(&mut self, bytes: usize) {
        self.text.reserve(bytes);
        self.pieces.reserve(bytes / 40);
    }

    /// Appends `text`, read from `source`. Equal lengths mean that it equals its source.
    pub(crate) fn push(&mut self, text: &str, source: Span) {
        if text.is_empty() {
            return;
        }
        let verbatim = text.len() == source.len();
        if let Some(last) = self.pieces.last_mut()
            && last.verbatim
            && verbatim
            && last.source.end == source.start
        {
            last.source.end = source.end;
            self.text.push_str(text);
            return;
        }
        self.pieces.push(Piece { plain: self.text.len() as u32, source, verbatim });
        self.text.push_str(text);
    }

    /// Appends a space, unless the text since `start` is empty or ends with white space.
    pub(crate) fn push_break(&mut self, start: usize, source: Span) {
        if self.text.len() > start && !self.text.ends_with(char::is_whitespace) {
            self.push(" ", source);
        }
    }

    /// Removes trailing white space, down to `start`.
    pub(crate) fn trim_end(&mut self, start: usize) {
        let trimmed = self.text[start..].trim_end().len() + start;
        while self.pieces.last().is_some_and(|piece| piece.plain as usize >= trimmed) {
            self.pieces.pop();
        }
        if let Some(last) = self.pieces.last_mut().filter(|piece| piece.verbatim) {
            last.source.end = last.source.start + (trimmed as u32 - last.plain);
        }
        self.text.truncate(trimmed);
    }

    /// The source span of a span of plain text.
    pub fn source(&self, plain: Span) -> Span {
        if self.pieces.is_empty() {
            return Span::default();
        }
        let start = self.piece(plain.start);
        let end = self.piece(plain.end.max(plain.start + 1) - 1);
        let from = if self.pieces[start].verbatim {
            self.pieces[start].source.start
                + (plain.start - self.pieces[start].plain).min(self.pieces[start].source.len() as u32)
        } else {
            self.pieces[start].source.start
        };
        let to = if self.pieces[end].verbatim {
            self.pieces[end].source.start
                + (plain.end - self.pieces[end].plain).min(self.pieces[end].source.len() as u32)
        } else {
            self.pieces[end].source.end
        };
        Span { start: from, end: to.max(from) }
    }

    /// The smallest span around the source of a span of plain text, whose pieces may be out of order. Fast near the end.
    pub(crate) fn bounds_at_end(&self, plain: Span) -> Span {
        let mut bounds: Option<Span> = None;
        let mut end = self.text.len() as u32;
        for piece in self.pieces.iter().rev() {
            if piece.plain < plain.end {
                let mut source = piece.source;
                if piece.verbatim {
                    source.start += plain.start.saturating_sub(piece.plain);
                    source.end -= end.saturating_sub(plain.end);
                }
                bounds = Some(bounds.map_or(source, |bounds| Span {
                    start: bounds.start.min(source.start),
                    end: bounds.end.max(source.end),
                }));
            }
            if piece.plain <= plain.start {
                break;
            }
            end = piece.plain;
        }
        bounds.unwrap_or_default()
    }

    /// The runs of a span of plain text, each with its source.
    pub fn pieces(&self, plain: Span) -> impl Iterator<Item = (Span, Span)> {
        let first = if plain.is_empty() { self.pieces.len() } else { self.piece(plain.start) };
        let end = move |index: usize| self.pieces.get(index + 1).map_or(self.text.len() as u32, |next| next.plain);
        let runs = self.pieces[first..].iter().take_while(move |piece| piece.plain < plain.end).enumerate();
        runs.map(move |(index, piece)| {
            let run = Span { start: piece.plain.max(plain.start), end: end(first + index).min(plain.end) };
            let start = piece.source.start + run.start - piece.plain;
            (run, if piece.verbatim { Span { start, end: start + run.len() as u32 } } else { piece.source })
        })
    }

    fn piece(&self, plain: u32) -> usize {
        self.pieces.partition_point(|piece| piece.plain <= plain).saturating_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_map_to_the_source_across_entities_and_markup() {
        // source: `a &amp; **bc** d`
        let mut plain = PlainText::default();
        plain.push("a ", Span::new(0, 2));
        plain.push("&", Span::new(2, 7));
        plain.push(" ", Span::new(7, 8));
        plain.push("bc", Span::new(10, 12));
        plain.push(" d", Span::new(14, 16));
        assert_eq!(plain.as_str(), "a & bc d");
        assert_eq!(plain.source(Span::new(0, 1)), Span::new(0, 1));
        assert_eq!(plain.source(Span::new(2, 3)), Span::new(2, 7));
        assert_eq!(plain.source(Span::new(4, 6)), Span::new(10, 12));
        assert_eq!(plain.source(Span::new(5, 8)), Span::new(11, 16));
    }

    #[test]
    fn trimming_keeps_the_mapping() {
        let mut plain = PlainText::default();
        plain.push("ab  ", Span::new(3, 7));
        plain.trim_end(0);
        plain.push("c", Span::new(9, 10));
        assert_eq!(plain.as_str(), "abc");
        assert_eq!(plain.source(Span::new(1, 3)), Span::new(4, 10));
    }
}
