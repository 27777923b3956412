//! Decoding documents: UTF-8, or UTF-16 with a byte order mark.

use std::fmt;

/// A file with more than one NUL in this many bytes is not text; Latin text in UTF-16 has one in two.
const NUL_SHARE: usize = 4;

/// Why bytes are not text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotText {
    /// The encoding is invalid.
    Invalid {
        /// The encoding that the file seems to be in.
        encoding: &'static str,
        /// The line of the first invalid byte, from 1.
        line: usize,
    },
    /// Too many NUL bytes: UTF-16 without a byte order mark, or a binary file.
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

/// The byte order of UTF-16, as the byte order mark says.
#[derive(Debug, Clone, Copy)]
enum Order {
    Little,
    Big,
}

/// Whether the `start` of a file says that it is in UTF-16.
pub fn is_utf16(start: &[u8]) -> bool {
    order(start).is_some()
}

fn order(start: &[u8]) -> Option<Order> {
    match start {
        // UTF-32, which is not supported.
        [0xFF, 0xFE, 0, 0, ..] => None,
        [0xFF, 0xFE, ..] => Some(Order::Little),
        [0xFE, 0xFF, ..] => Some(Order::Big),
        _ => None,
    }
}

/// Decodes a whole file. Keeps the byte order mark of UTF-8, but not that of UTF-16.
///
/// # Errors
/// If the bytes are not valid in a supported encoding.
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

/// Decodes the start of a file, which may be cut off anywhere; replaces invalid sequences.
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

/// The code units after the byte order mark, without an odd byte at the end.
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
    fn text_is_decoded_and_other_bytes_are_located() {
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
