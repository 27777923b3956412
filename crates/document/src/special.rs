//! Bytes at which prose may end.

use isogloss_text::Span;

use crate::mask::masker::{NOTHING, OBJECT};

/// Bytes at which prose may end: masked ones, the colon of an address, and the first bytes of invisible characters.
const SPECIAL: [u8; 6] = [OBJECT, NOTHING, b':', 0xC2, 0xE2, 0xEF];

/// Whether each byte is in [`SPECIAL`].
static IS_SPECIAL: [bool; 256] = {
    let mut is_special = [false; 256];
    let mut index = 0;
    while index < SPECIAL.len() {
        is_special[SPECIAL[index] as usize] = true;
        index += 1;
    }
    is_special
};

/// The first byte at which prose may end.
pub(crate) fn find_special(bytes: &[u8]) -> Option<usize> {
    // Without branches, the compiler vectorises the test of a chunk.
    let (chunks, _) = bytes.as_chunks::<32>();
    let is_clean = |chunk: &&[u8; 32]| {
        let special = |byte: u8| SPECIAL.iter().fold(0, |any, special| any | u8::from(byte == *special));
        chunk.iter().fold(0, |any, &byte| any | special(byte)) == 0
    };
    let clean = chunks.iter().take_while(is_clean).count() * 32;
    bytes[clean..].iter().position(|&byte| IS_SPECIAL[usize::from(byte)]).map(|at| clean + at)
}

/// Finds the bytes at which prose may end, in the whole masked text rather than run by run: most runs have none.
pub(crate) struct Specials<'m> {
    masked: &'m [u8],
    /// The search started here.
    from: usize,
    next: usize,
}

impl<'m> Specials<'m> {
    /// Searches `masked`.
    pub(crate) fn new(masked: &'m str) -> Self {
        Self { masked: masked.as_bytes(), from: 1, next: 0 }
    }

    /// Whether a span contains any.
    #[inline]
    pub(crate) fn are_in(&mut self, span: Span) -> bool {
        let start = span.start as usize;
        if start < self.from || start > self.next {
            let next = self.masked.get(start..).and_then(find_special);
            (self.from, self.next) = (start, next.map_or(self.masked.len(), |next| start + next));
        }
        self.next < span.end as usize
    }
}

/// Zero-width and other invisible characters.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
}
