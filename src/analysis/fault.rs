//! Faults of structure: text that one side lacks, or has in another place. Each cause is one fault, however many blocks
//! it affects.

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
    /// Its blocks: of the reference for missing text, of the translation for extra text, moves and levels.
    pub blocks: Vec<u32>,
    /// The place in the other document: where missing text is expected or extra text would be; for empty text and
    /// broken markers, the text itself.
    pub place: Span,
    /// The probability of the fault, if it was computed.
    pub confidence: Option<f32>,
}

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// A heading with the text below it.
    Section(Side),
    /// A heading whose text is present.
    Heading(Side),
    /// Text: paragraphs, items, callouts, quotes.
    Text(Side),
    /// Code, images, tables, HTML, videos, includes.
    Object(Side),
    /// A row of a table that both sides have.
    Row(Side),
    /// A column of a table; its number from 1.
    Column(Side, u32),
    /// Text that is present but empty in the translation.
    Empty,
    /// A damaged callout marker in the translation.
    Broken,
    /// A heading of another level.
    Level,
    /// A section that is out of order.
    SectionOrder,
    /// Blocks that are out of order.
    BlockOrder,
}

impl FaultKind {
    /// The side that lacks something, if the fault is about that.
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
