//! Faults of structure: what one side lacks, has twice, or has elsewhere. One fault, however many blocks it touches.

use isogloss_text::Span;

/// Which side lacks something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The translation lacks what the reference has.
    Missing,
    /// The translation has what the reference lacks.
    Extra,
}

/// A fault of structure.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// What is wrong.
    pub kind: FaultKind,
    /// Blocks that it is about: of the reference for what is missing, of the translation for what is extra; for moves and levels,
    /// of the translation.
    pub blocks: Vec<u32>,
    /// Where it shows in the other document: where something missing should stand, where something extra would; of empty text and
    /// broken marks, what is there.
    pub place: Span,
    /// How sure it is, from 0 to 1, where that was asked.
    pub confidence: Option<f32>,
}

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// A heading with what stands under it.
    Section(Side),
    /// A heading whose text is there.
    Heading(Side),
    /// Running text: paragraphs, items, callouts, quotes.
    Text(Side),
    /// Code, images, tables, HTML, videos, includes.
    Object(Side),
    /// A row of a table that stands on both sides.
    Row(Side),
    /// A column of a table; its number from 1.
    Column(Side, u32),
    /// Text whose place in the translation is there, and empty.
    Empty,
    /// The mark of a callout that nothing reads as one in the translation.
    Broken,
    /// A heading of another level.
    Level,
    /// A section that stands elsewhere.
    SectionOrder,
    /// Blocks that stand elsewhere.
    BlockOrder,
}

impl FaultKind {
    /// Which side lacks something, where the fault is that one does.
    pub fn side(self) -> Option<Side> {
        match self {
            Self::Section(side)
            | Self::Heading(side)
            | Self::Text(side)
            | Self::Object(side)
            | Self::Row(side)
            | Self::Column(side, _) => Some(side),
            Self::Empty | Self::Broken => Some(Side::Missing),
            Self::Level | Self::SectionOrder | Self::BlockOrder => None,
        }
    }
}
