//! What is compared.

use crate::meaning::Quantity;
use crate::reader::Reader;

/// A text with its quantities, as one side of a comparison.
#[derive(Debug, Clone)]
pub struct Text<'a> {
    /// The reader of the text's language.
    pub reader: &'static Reader,
    /// The text that the quantities were read from.
    pub text: &'a str,
    /// The number that marks it as an item of a list, with its sign, such as `4.`; empty if there is none.
    pub mark: &'a str,
    /// Where its links lead.
    pub addresses: Vec<&'a str>,
    /// What it has in code.
    pub code: Vec<&'a str>,
    /// The quantities of `text`.
    pub quantities: &'a [Quantity],
}
