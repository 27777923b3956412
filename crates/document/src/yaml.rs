//! Limits of YAML: rejects input that would take a parser that builds a tree too much stack, memory or time.
//!
//! Such parsers recurse into nested collections and copy anchored values. The event parser does neither, so it can run first.

use rustc_hash::FxHashMap;
use saphyr_parser::{Event, Marker, Parser, ScanError};

/// Maximum nesting of lists and maps in a configuration file.
pub const DEEPEST_CONFIGURATION: usize = 64;
/// Maximum nesting of lists and maps in front matter.
pub(crate) const DEEPEST_FRONT_MATTER: usize = 128;
/// Maximum number of values that anchors (`&name`) and aliases (`*name`) copy.
const MOST_COPIES: usize = 100_000;

/// Why YAML is rejected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excess {
    /// Where the limit is exceeded, in characters from the start of the text.
    pub character: usize,
    /// One sentence without a full stop.
    pub message: String,
}

/// Checks whether a parser can build a tree of `text` safely. Returns the first syntax error, if any; nothing after it is
/// checked, and `saphyr` does not parse further either.
///
/// # Errors
/// If lists and maps are nested more than `deepest` levels, or anchors and aliases copy more than 100,000 values.
pub fn check(text: &str, deepest: usize) -> Result<Option<ScanError>, Excess> {
    let excess = |at: Marker, message: String| Err(Excess { character: at.index(), message });
    let mut sizes = Sizes::default();
    for event in Parser::new_from_str(text) {
        let (event, span) = match event {
            Ok(next) => next,
            // The event parser reads ahead, and has its own limit for brackets.
            Err(error) if error.info() == "recursion limit exceeded" => {
                return excess(*error.marker(), too_deep(deepest));
            }
            Err(error) => return Ok(Some(error)),
        };
        match event {
            Event::SequenceStart(anchor, _) | Event::MappingStart(anchor, _) => sizes.open.push((anchor, 1)),
            Event::SequenceEnd | Event::MappingEnd => sizes.close(),
            Event::Scalar(_, _, anchor, _) => sizes.add(anchor, 1),
            Event::Alias(anchor) => sizes.alias(anchor),
            _ => {}
        }
        if sizes.open.len() > deepest {
            return excess(span.start, too_deep(deepest));
        }
        if sizes.copies > MOST_COPIES {
            return excess(span.start, format!("anchors and aliases copy more than {MOST_COPIES} values"));
        }
    }
    Ok(None)
}

fn too_deep(deepest: usize) -> String {
    format!("lists and maps are nested more than {deepest} levels deep")
}

/// The number of values in anchored collections.
#[derive(Default)]
struct Sizes {
    /// The anchor (0 for none) and the size so far of each open collection.
    open: Vec<(usize, usize)>,
    by_anchor: FxHashMap<usize, usize>,
    copies: usize,
}

impl Sizes {
    fn add(&mut self, anchor: usize, size: usize) {
        if anchor > 0 {
            self.by_anchor.insert(anchor, size);
            self.copies = self.copies.saturating_add(size);
        }
        if let Some((_, above)) = self.open.last_mut() {
            *above = above.saturating_add(size);
        }
    }

    fn close(&mut self) {
        if let Some((anchor, size)) = self.open.pop() {
            self.add(anchor, size);
        }
    }

    fn alias(&mut self, anchor: usize) {
        let size = self.by_anchor.get(&anchor).copied().unwrap_or(1);
        self.copies = self.copies.saturating_add(size);
        self.add(0, size);
    }
}

/// Whether `text` may be nested more than `deepest` levels, estimated without parsing: only `false` is certain.
pub(crate) fn may_be_deep(text: &str, deepest: usize) -> bool {
    let brackets = memchr::memchr2_iter(b'[', b'{', text.as_bytes()).count();
    // Each level of a block collection has its own indentation, or shares that of the key above it.
    let blocks = text.lines().map(|line| {
        let indent = line.bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let marks = memchr::memchr3_iter(b'-', b'?', b':', &line.as_bytes()[indent..]).count();
        2 * (indent + 2 * marks)
    });
    brackets + blocks.max().unwrap_or(0) > deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deep_nesting_and_copies_without_an_end_are_refused_at_their_place() {
        let laughs = (1..9).fold("a0: &a0 x\n".to_owned(), |text, level| {
            format!("{text}a{level}: &a{level} [{}]\n", format!("*a{}, ", level - 1).repeat(9))
        });
        // Every level is copied with all that is below it.
        let anchors = format!("{}{}{}", "[&a ".repeat(60), "x, ".repeat(10_000), "]".repeat(60));
        for (text, message) in [
            ("[".repeat(65), "lists and maps are nested more than 64 levels deep"),
            (format!("a: {}", "{b: ".repeat(100_000)), "lists and maps are nested more than 64 levels deep"),
            (format!("a:\n {}x", "- ".repeat(50_000)), "lists and maps are nested more than 64 levels deep"),
            (format!("{}x", "? ".repeat(50_000)), "lists and maps are nested more than 64 levels deep"),
            (laughs, "anchors and aliases copy more than 100000 values"),
            (anchors, "anchors and aliases copy more than 100000 values"),
        ] {
            assert_eq!(check(&text, 64).unwrap_err().message, message, "{text:.40}");
        }
        assert_eq!(check(&"[".repeat(65), 64).unwrap_err().character, 64);
        assert_eq!(check(&"[".repeat(20_000), 64).unwrap_err().message, too_deep(64));
        for text in [
            "[".repeat(64) + &"]".repeat(64),
            "a: &a [1, 2]\nb: *a\nc: *a\n".to_owned(),
            "- x\n".repeat(200_000),
            "a: &a [*a]".to_owned(),
            "a: *gone".to_owned(),
            "a: \"".to_owned(),
        ] {
            assert!(check(&text, 64).is_ok(), "{text:.40}");
        }
    }

    #[test]
    fn shallow_input_is_recognised_without_parsing() {
        let page = "title: Sync - a guide\ntags: [a, b]\nparts:\n  - id: a\n    more: {b: c}\n";
        assert!(!may_be_deep(page, DEEPEST_FRONT_MATTER));
        let steps =
            |levels: usize| -> String { (0..levels).map(|level| format!("{}a:\n", " ".repeat(level))).collect() };
        for text in ["[".repeat(129), "- ".repeat(129), "? ".repeat(129), "-\t".repeat(129), steps(129)] {
            assert!(may_be_deep(&text, DEEPEST_FRONT_MATTER), "{text:.40}");
        }
    }
}
