//! What is compared.

use crate::meaning::Quantity;
use crate::reader::Reader;

/// A text with its quantities, as one side of a comparison.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    /// The reader of the text's language.
    pub reader: &'static Reader,
    /// The text that the quantities were read from.
    pub text: &'a str,
    /// What the text was extracted from, with the start of its first line: link targets, attributes, the number of a list
    /// item. May be empty.
    pub markup: &'a str,
    /// The quantities of `text`.
    pub quantities: &'a [Quantity],
}

/// Whether a quantity is written in digits, at least in part.
pub(super) fn has_digits(quantity: &Quantity) -> bool {
    quantity.literal.bytes().any(|byte| byte.is_ascii_digit())
}
