//! How alike two texts of one language are, from the runs of characters that they share.

use isogloss_document::Document;

/// Texts shorter than this many bytes are compared by pairs of characters, longer ones by triples, which meet by chance less
/// often but of which short texts share too few.
const SHORT: usize = 64;
/// What is looked at of a text, in bytes: enough to know a table by.
const MOST: usize = 4096;

/// A text's runs of two and of three bytes, sorted.
#[derive(Debug, Clone)]
pub(super) struct Shingles {
    length: usize,
    pairs: Vec<u32>,
    triples: Vec<u32>,
}

impl Shingles {
    /// Those of a block as it is written: an address or a mark is as telling as a word.
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

    /// From 0 for nothing in common to 1 for the same runs: Dice's coefficient over multisets. What is less than `least` may be
    /// told as 0.
    pub(super) fn likeness(&self, other: &Self, least: f32) -> f32 {
        let (short, long) = (self.length.min(other.length), self.length.max(other.length));
        // As much as there could be, if all of the shorter one were in the longer one.
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

/// Twice what two sorted lists share, by their summed lengths; 1 for two empty ones, and 0 as soon as it cannot be `least`.
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
