//! Similarity of two texts in one language, from their common character sequences.

use isogloss_document::Document;

/// Texts shorter than this many bytes are compared by pairs of bytes, longer ones by triples, which match less by chance,
/// but of which short texts have too few.
const SHORT: usize = 64;
/// Maximum number of bytes that are read of a text: enough to recognise a table.
const MOST: usize = 4096;

/// The sorted pairs and triples of bytes of a text.
#[derive(Debug, Clone)]
pub(super) struct Shingles {
    length: usize,
    pairs: Vec<u32>,
    triples: Vec<u32>,
}

impl Shingles {
    /// Shingles of a block's source: an address or a marker is as distinctive as a word.
    pub(super) fn of(document: &Document, block: u32) -> Self {
        let raw = document.blocks[block as usize].span.slice(&document.text);
        let mut bytes: Vec<u8> = Vec::with_capacity(raw.len().min(MOST) + 1);
        for word in raw.split_ascii_whitespace() {
            if bytes.len() + word.len() > MOST {
                break;
            }
            bytes.extend_from_slice(word.as_bytes());
            bytes.push(b' ');
        }
        let runs = |length: usize| -> Vec<u32> {
            let number = |run: &[u8]| run.iter().fold(0, |number, &byte| number << 8 | u32::from(byte));
            let mut runs: Vec<u32> = bytes.windows(length).map(number).collect();
            runs.sort_unstable();
            runs
        };
        let pairs = if bytes.len() < 2 * SHORT { runs(2) } else { Vec::new() };
        Self { length: bytes.len(), pairs, triples: runs(3) }
    }

    /// From 0 for nothing in common to 1 for equal multisets: Dice's coefficient. May return 0 for anything below `least`.
    pub(super) fn likeness(&self, other: &Self, least: f32) -> f32 {
        let (short, long) = (self.length.min(other.length), self.length.max(other.length));
        // Upper bound: the longer text contains all of the shorter one.
        if 4 * short < long {
            return 0.0;
        }
        if short < SHORT && long < 2 * SHORT {
            dice(&self.pairs, &other.pairs, least)
        } else {
            dice(&self.triples, &other.triples, least)
        }
    }
}

/// Twice the size of the intersection of two sorted lists, divided by the sum of their lengths; 1 for two empty ones, and 0
/// as soon as it cannot reach `least`.
fn dice(a: &[u32], b: &[u32], least: f32) -> f32 {
    if a.is_empty() && b.is_empty() {
        return 1.0;
    }
    let total = (a.len() + b.len()) as f32;
    let needed = (least * total / 2.0) as usize;
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                (i, j, shared) = (i + 1, j + 1, shared + 1);
                continue;
            }
        }
        if shared + (a.len() - i).min(b.len() - j) < needed {
            return 0.0;
        }
    }
    2.0 * shared as f32 / total
}
