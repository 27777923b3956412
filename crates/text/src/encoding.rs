//! The bytes of a document as text: UTF-8, or UTF-16 that begins with a byte order mark.

use std::fmt;

/// Of so many bytes one that is NUL is too much for text: UTF-16 of Latin text without a mark has every second.
const NUL_SHARE: usize = 4;

/// Why bytes are no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotText {
    /// The encoding breaks on this line, from 1.
    Invalid {
        /// The encoding that the file seemed to be in.
        encoding: &'static str,
        /// From 1.
        line: usize,
    },
    /// So many bytes are NUL that it must be something else: UTF-16 without a mark, or a binary file.
    Binary,
}

impl fmt::Display for NotText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid { encoding, line } => write!(f, "line {line} is not valid {encoding}"),
            Self::Binary => f.write_str("binary, or UTF-16 without a byte order mark"),
        }
    }
}

/// The byte order of UTF-16, by the mark that the file begins with.
#[derive(Debug, Clone, Copy)]
enum Order {
    Little,
    Big,
}

/// Whether a file that begins so is in UTF-16.
pub fn is_utf16(start: &[u8]) -> bool {
    order(start).is_some()
}

fn order(start: &[u8]) -> Option<Order> {
    match start {
        // UTF-32, which is not read.
        [0xFF, 0xFE, 0, 0, ..] => None,
        [0xFF, 0xFE, ..] => Some(Order::Little),
        [0xFE, 0xFF, ..] => Some(Order::Big),
        _ => None,
    }
}

/// The text of a whole file. A byte order mark of UTF-8 stays, one of UTF-16 does not.
///
/// # Errors
/// If the bytes are in no encoding that is read.
pub fn decode(bytes: &[u8]) -> Result<String, NotText> {
    if let Some(order) = order(bytes) {
        return decode_utf16(bytes, order);
    }
    let text = simdutf8::compat::from_utf8(bytes).map_err(|error| {
        let valid = &bytes[..error.valid_up_to()];
        NotText::Invalid { encoding: "UTF-8", line: memchr::memchr_iter(b'\n', valid).count() + 1 }
    })?;
    let is_binary =
        || memchr::memchr(0, bytes).is_some() && NUL_SHARE * memchr::memchr_iter(0, bytes).count() > bytes.len();
    if is_binary() { Err(NotText::Binary) } else { Ok(text.to_owned()) }
}

/// The same for the beginning of a file, which may be cut off anywhere: what is invalid is replaced.
pub fn decode_start(bytes: &[u8]) -> String {
    match order(bytes) {
        None => String::from_utf8_lossy(bytes).into_owned(),
        Some(order) => {
            char::decode_utf16(units(bytes, order)).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
        }
    }
}

fn decode_utf16(bytes: &[u8], order: Order) -> Result<String, NotText> {
    let mut text = String::with_capacity(bytes.len());
    let invalid = |text: &str| NotText::Invalid {
        encoding: "UTF-16",
        line: memchr::memchr_iter(b'\n', text.as_bytes()).count() + 1,
    };
    for c in char::decode_utf16(units(bytes, order)) {
        text.push(c.map_err(|_| invalid(&text))?);
    }
    if bytes.len().is_multiple_of(2) { Ok(text) } else { Err(invalid(&text)) }
}

/// The code units after the mark; an odd byte at the end is left out.
fn units(bytes: &[u8], order: Order) -> impl Iterator<Item = u16> {
    let pairs = bytes.as_chunks::<2>().0.iter().skip(1);
    pairs.map(move |&pair| match order {
        Order::Little => u16::from_le_bytes(pair),
        Order::Big => u16::from_be_bytes(pair),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_text_is_read_and_what_is_not_says_where() {
        let little: Vec<u8> = "\u{FEFF}# é 😀\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = "\u{FEFF}# é 😀\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        let bare: Vec<u8> = "# plain\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let invalid = |encoding, line| Err(NotText::Invalid { encoding, line });
        for (bytes, text) in [
            (&b"a\xc3\xa9"[..], Ok("aé")),
            (b"a\n\nb\xe9", invalid("UTF-8", 3)),
            (&little, Ok("# é 😀\n")),
            (&big, Ok("# é 😀\n")),
            (b"\xff\xfea\0\n\0\0\xd8b\0", invalid("UTF-16", 2)),
            (b"\xff\xfea\0\n", invalid("UTF-16", 1)),
            (b"\xff\xfe\0\0a\0\0\0", invalid("UTF-8", 1)),
            (&bare, Err(NotText::Binary)),
            (b"a stray \0 is text", Ok("a stray \0 is text")),
            (b"", Ok("")),
        ] {
            assert_eq!(decode(bytes).as_deref(), text.as_deref(), "{bytes:?}");
        }
        assert_eq!(decode_start(&little[..little.len() - 1]), "# é 😀");
        assert_eq!(decode_start(b"a\xe9"), "a\u{FFFD}");
    }
}
