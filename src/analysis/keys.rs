//! What identifies a table's cells in any language: their digits, or their text if it is not translated.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use super::readings::{Part, Readings};
use isogloss_document::{BlockKind, Document};
use isogloss_quantities::QuantityKind;
use isogloss_text::words::PLACEHOLDER;

/// Two rows that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RowPair {
    pub source: u32,
    pub translation: u32,
    /// The index of their pair in the alignment; `None` if they were paired by name.
    pub index: Option<usize>,
}

/// The identity of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Key {
    hash: u64,
    /// Whether it is of digits, which are the same in all languages, or else of text.
    pub is_number: bool,
}

/// The keys of the cells of some tables of a document.
pub(super) struct Keys<'r, 'd> {
    readings: &'r Readings<'d>,
    /// The rows of each table, in order.
    rows: FxHashMap<u32, Vec<u32>>,
    /// The keys of each row that was read.
    read: FxHashMap<u32, Vec<Option<Key>>>,
}

impl<'r, 'd> Keys<'r, 'd> {
    /// Nothing is read yet.
    pub(super) fn new(readings: &'r Readings<'d>) -> Self {
        let mut rows: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        for (index, block) in readings.document.blocks.iter().enumerate() {
            if let Some(table) = block.table.filter(|_| block.kind == BlockKind::TableRow) {
                rows.entry(table).or_default().push(index as u32);
            }
        }
        Self { readings, rows, read: FxHashMap::default() }
    }

    /// Reads the keys of a table.
    pub(super) fn add(&mut self, table: u32) {
        for &row in self.rows.get(&table).into_iter().flatten() {
            let cells = 0..self.readings.count(row);
            let read = || cells.map(|cell| key(self.readings, self.readings.part(row, cell))).collect();
            self.read.entry(row).or_insert_with(read);
        }
    }

    /// The keys of the cells of a row whose table was read.
    pub(super) fn of(&self, row: u32) -> &[Option<Key>] {
        self.read.get(&row).map_or(&[], Vec::as_slice)
    }

    /// The rows of a table.
    pub(super) fn rows(&self, table: u32) -> &[u32] {
        self.rows.get(&table).map_or(&[], Vec::as_slice)
    }

    /// The text of a cell.
    pub(super) fn text(&self, row: u32, cell: usize) -> &'d str {
        self.readings.text(self.readings.part(row, cell))
    }

    /// The kind of the first quantity in a cell.
    pub(super) fn kind(&self, row: u32, cell: usize) -> Option<QuantityKind> {
        let quantities = self.readings.quantities(self.readings.part(row, cell));
        quantities.first().map(|quantity| quantity.kind)
    }

    /// The document.
    pub(super) fn document(&self) -> &'d Document {
        self.readings.document
    }
}

fn key(readings: &Readings<'_>, part: Part) -> Option<Key> {
    let mut hasher = FxHasher::default();
    let quantities = readings.quantities(part);
    let digits: String = quantities.iter().map(|quantity| digits(&quantity.describe(), &quantity.literal)).collect();
    let is_number = !digits.is_empty();
    if is_number {
        digits.hash(&mut hasher);
    } else {
        let plain = readings.text(part).trim();
        // Code is not in the readable text.
        let is_whole = !plain.contains(PLACEHOLDER);
        let text = if is_whole { plain } else { part.span.slice(&readings.document.text).trim() };
        if !text.contains(char::is_alphanumeric) {
            return None;
        }
        text.hash(&mut hasher);
    }
    Some(Key { hash: hasher.finish(), is_number })
}

/// The digits of a value in words, such as `7` for 7 am and 07:00. If it is a plain number, or has several readings, which
/// depend on the language, those of the text.
pub(super) fn digits(said: &str, text: &str) -> String {
    let is_plain = said.contains(" or ") || said.parse::<f64>().is_ok();
    let digits = if is_plain { text } else { said }.chars().filter(char::is_ascii_digit);
    digits.skip_while(|digit| *digit == '0').collect()
}
