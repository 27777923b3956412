//! What is learned about a pair of locales from the corpus ([`crate::train`]): which words correspond, and how much each piece
//! of evidence is worth.

use crate::calibration::Calibration;
use crate::vocabulary::Vocabulary;

/// Everything learned about a pair of locales.
#[derive(Debug, Clone, Default)]
pub struct Model {
    pub(crate) source: Vocabulary,
    pub(crate) translation: Vocabulary,
    pub(crate) calibration: Calibration,
}

impl Model {
    pub(crate) fn source(&self) -> &Vocabulary {
        &self.source
    }

    pub(crate) fn translation(&self) -> &Vocabulary {
        &self.translation
    }
}
