use proptest::prelude::*;

use super::*;
use isogloss_text::{LineIndex, Span};

fn room(columns: usize) -> Room<'static> {
    Room { columns, ellipsis: "…" }
}

/// The clip of the first `marked` in `source`.
fn clip_of(source: &str, marked: &str, label: &str, columns: usize) -> Clip {
    let start = source.find(marked).unwrap();
    let range = LineIndex::new(source).range(source, Span::new(start, start + marked.len()));
    clip(source, range, label, room(columns)).unwrap()
}

#[test]
fn a_line_is_cut_around_its_mark() {
    let row =
        "| Plan | Tidewater Harbour answers every request on any day of the year | 4 hours | Larkspur sends a report |";
    for (source, marked, columns, text) in [
        ("short line", "line", 20, "short line"),
        (row, "| Plan", 40, "| Plan | Tidewater Harbour answers ever…"),
        (row, "4 hours", 40, "… of the year | 4 hours | Larkspur send…"),
        (row, "report |", 40, "…hours | Larkspur sends a report |"),
        ("サポートは営業時間内に毎日ご利用いただけます", "毎日", 20, "…間内に毎日ご利用い…"),
        ("\tone\ttwo", "two", 40, "    one    two"),
        ("one\r\ntwo\r\n", "two", 20, "two"),
        ("نجيب على كل طلب خلال ساعة واحدة من وصوله", "ساعة", 20, "…ب خلال ساعة واحدة …"),
        ("a \u{1B}[31m 4 hours \u{202E}", "4 hours", 40, "a ␛[31m 4 hours \u{FFFD}"),
    ] {
        let clip = clip_of(source, marked, "label", columns);
        assert_eq!(clip.text, text, "{marked} in {columns}");
        assert_eq!(&clip.text[clip.mark.clone()], marked);
    }
}

#[test]
fn a_character_keeps_its_combining_marks() {
    let source = "e\u{301}".repeat(30) + "X" + &"e\u{301}".repeat(30);
    let clip = clip_of(&source, "X", "", 11);
    assert_eq!(clip.text, format!("…{}X{}…", "e\u{301}".repeat(4), "e\u{301}".repeat(4)));
    // Any number of marks on one character is still a line of some length.
    let clip = clip_of(&("X".to_owned() + &"\u{301}".repeat(100_000)), "X", "", 40);
    assert!(clip.text.len() < 1_000, "{}", clip.text.len());
}

#[test]
fn a_mark_wider_than_the_line_is_cut_and_its_label_hangs_near_its_start() {
    let source = "word ".repeat(100);
    let clip = clip_of(&source, source.trim(), &"label ".repeat(20), 60);
    assert_eq!(clip.text, "word ".repeat(11) + "wor…");
    assert_eq!(clip.mark, 0..58);
    assert_eq!(clip.hook, 16);
    assert!(clip.label.lines().all(|line| line.len() <= 60 - 8 - 5), "{}", clip.label);
    // With text before it, neither end passes the room.
    let clip = clip_of(&format!("a {source}"), source.trim(), "", 60);
    assert_eq!(clip.text.width(), 60, "{}", clip.text);
}

#[test]
fn the_label_has_room_to_the_right_of_the_mark() {
    let source = "word ".repeat(10) + "MARK";
    let clip = clip_of(&source, "MARK", "a label of twenty-six words", 60);
    assert_eq!(clip.text, "…word word word word word MARK");
    assert_eq!(clip.label, "a label of twenty-six words");
}

#[test]
fn a_place_to_insert_is_shown_after_the_preceding_text() {
    for (source, offset, first_line, text, mark) in [
        ("one\n\ntwo\n", 9, 3, "two\n ", 4),
        ("one\n\ntwo\n", 5, 1, "one\n\ntwo", 5),
        ("one\n\n\n\ntwo", 7, 5, "two", 0),
        ("one two", 3, 1, "one two", 3),
        ("one", 3, 1, "one ", 3),
    ] {
        let range = LineIndex::new(source).range(source, Span::at(offset));
        let clip = clip(source, range, "expected here", room(40)).unwrap();
        assert_eq!((clip.first_line, clip.text.as_str(), clip.mark), (first_line, text, mark..mark), "{offset}");
    }
}

#[test]
fn of_many_lines_the_first_are_shown() {
    let source = "intro\n\n- one\n- two\n- three\n- four\n";
    let clip = clip_of(source, "- one\n- two\n- three\n- four\n", "", 40);
    assert_eq!(clip.text, "- one\n- two\n- three …");
    assert_eq!((clip.first_line, clip.last_line), (3, 5));
    assert_eq!(clip.mark, 0..clip.text.len());
    let clip = clip_of(source, "\n- one\n- two\n", "", 40);
    assert_eq!((clip.first_line, clip.text.as_str()), (3, "- one\n- two"));
}

#[test]
fn nothing_is_shown_of_a_file_as_a_whole_or_of_another_text() {
    let range = |from, to| LineIndex::new(&"x".repeat(9)).range(&"x".repeat(9), Span::new(from, to));
    for range in [range(0, 0), range(2, 9), range(8, 9)] {
        assert_eq!(clip("short", range, "", room(40)), None, "{range:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn every_clip_fits_and_marks_whole_characters(
        source in "[a-z \t\n\r|0-9é日́\u{1B}\u{202E}ع]{0,300}",
        from in 0_usize..300,
        length in 0_usize..300,
        label in "[a-z ]{0,80}",
        columns in 30_usize..120,
    ) {
        let start = floor_char_boundary(&source, from);
        let end = floor_char_boundary(&source, start + length);
        let range = LineIndex::new(&source).range(&source, Span::new(start, end.max(start)));
        if let Some(clip) = clip(&source, range, &label, room(columns)) {
            prop_assert!(clip.text.is_char_boundary(clip.hook));
            prop_assert!(clip.mark.start <= clip.hook && clip.hook <= clip.mark.end);
            prop_assert!(clip.text.get(clip.mark.clone()).is_some());
            prop_assert!(clip.text.lines().all(|line| line.width() <= columns), "{:?}", clip.text);
            prop_assert_eq!(clip.text.split('\n').count() as u32, clip.last_line - clip.first_line + 1);
        }
    }
}
