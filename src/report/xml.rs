//! Helpers of the XML formats.

use std::borrow::Cow;
use std::io::{self, Write};

use quick_xml::events::{BytesDecl, Event};
use quick_xml::writer::Writer;

use crate::sanitize::visible;

/// A writer of indented XML with a declaration. It escapes markup.
pub(super) fn document(out: &mut dyn Write) -> io::Result<Writer<&mut dyn Write>> {
    let mut xml = Writer::new_with_indent(out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    Ok(xml)
}

/// Ends the document with a line break.
pub(super) fn end(mut xml: Writer<&mut dyn Write>) -> io::Result<()> {
    xml.get_mut().write_all(b"\n")
}

/// Text in one line, without the characters that XML 1.0 forbids even if escaped (section 2.2).
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    const FORBIDDEN: [char; 2] = ['\u{FFFE}', '\u{FFFF}'];
    let shown = visible(text);
    if shown.contains(FORBIDDEN) { Cow::Owned(shown.replace(FORBIDDEN, "\u{FFFD}")) } else { shown }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_forbidden_character_is_left() {
        let all: String = ('\0'..=char::MAX).collect();
        let allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..='\u{10FFFF}');
        assert_eq!(clean(&all).chars().find(|&c| !allowed(c)), None);
        assert_eq!(clean("a\0b\u{FFFF}"), "a␀b\u{FFFD}");
    }
}
