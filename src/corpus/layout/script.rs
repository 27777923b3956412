//! Languages that can be recognised by their script alone.

/// The language of a text in a script that is used by (almost) one language: Japanese, Korean or Chinese. The rest of the text,
/// such as code, may be in Latin letters.
pub(super) fn language(text: &str) -> Option<&'static str> {
    /// At least one in this many letters must be in the script; fewer are names and quotations.
    const SHARE: usize = 8;
    let (mut letters, mut kana, mut hangul, mut han) = (0, 0, 0, 0);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        letters += 1;
        match c {
            '\u{3041}'..='\u{30FF}' => kana += 1,
            '\u{AC00}'..='\u{D7AF}' => hangul += 1,
            '\u{3400}'..='\u{9FFF}' => han += 1,
            _ => {}
        }
    }
    let enough = |count: usize| count * SHARE >= letters.max(1);
    if enough(hangul) {
        Some("ko")
    } else if enough(kana + han) && kana * SHARE >= han {
        // Japanese mixes kanji and kana; Chinese has no kana.
        Some("ja")
    } else {
        enough(han).then_some("zh")
    }
}

#[cfg(test)]
mod tests {
    use super::language;

    #[test]
    fn a_script_used_by_one_language_identifies_it() {
        for (text, expected) in [
            ("# Tidewater\n\n同步两个文件夹。\n\n```sh\ntidewater sync --all\n```\n", Some("zh")),
            ("# Tidewater\n\n二つのフォルダーを同期します。", Some("ja")),
            ("# Tidewater\n\n두 폴더를 동기화합니다.", Some("ko")),
            ("Syncs two folders.", None),
            ("Синхронизирует две папки.", None),
            ("The name of the ship 潮, which is of no matter to what is said here, is Japanese for a tide.", None),
            ("", None),
        ] {
            assert_eq!(language(text), expected, "{text}");
        }
    }
}
