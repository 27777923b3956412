//! Words left to translate.

use serde::Serialize;

/// Words of the source to translate; the order of the fields is that of the JSON contract.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Words {
    /// The total.
    pub total: usize,
    /// In pages that the locale lacks.
    pub pages: usize,
    /// In blocks and rows that its pages lack.
    pub missing: usize,
    /// In blocks that have changed since they were translated.
    pub changed: usize,
}
