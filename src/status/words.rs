//! Words that are still to be translated.

use serde::Serialize;

/// Words of the source that are to be translated; the order of the fields is that of the JSON contract.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Words {
    /// All of them.
    pub total: usize,
    /// In pages that the locale lacks.
    pub pages: usize,
    /// In blocks and rows that its pages lack.
    pub missing: usize,
    /// In blocks that have changed since they were translated.
    pub changed: usize,
}
