//! Properties of all texts, and of all locale data.

use proptest::prelude::*;

use super::*;

/// All locales with data.
fn locales() -> impl Iterator<Item = &'static str> {
    data::names()
}

/// Checks the spans of all quantities of `text`.
fn check_spans(locale: &str, text: &str) {
    let mut end = 0;
    for quantity in reader(locale).read(text) {
        let range = quantity.span.range();
        assert!(text.is_char_boundary(range.start) && text.is_char_boundary(range.end), "{locale} {text:?}: {range:?}");
        assert!(range.start >= end && !range.is_empty(), "{locale} {text:?}: {range:?} after {end}");
        end = range.end;
        quantity.describe();
    }
}

/// Reads a text with the grammar tried at every letter, number and sign, so that nothing is skipped.
fn read_everywhere(reader: &Reader, text: &str) -> Vec<Quantity> {
    let normalised = Normalised::new(text);
    let scan = Scan::new(&normalised, &reader.language);
    let tried = |at: &usize| match scan.chars[*at] {
        ':' | '.' | ',' | '-' | '#' | '%' => scan.chars.get(scan.skip_spaces(at + 1)).is_some_and(char::is_ascii_digit),
        c => c.is_alphanumeric() || c == '$' || (!c.is_ascii() && c != normalise::HARD_SPACE),
    };
    scan.all(|from| (from..scan.chars.len()).find(tried))
}

/// Pieces that the grammar knows, so that random combinations reach it.
const PIECES: &[&str] = &[
    "1",
    "24",
    "00",
    "5:30",
    ".",
    ",",
    ":",
    "-",
    "–",
    " ",
    "\u{a0}",
    "x",
    "/",
    "%",
    "$",
    "#",
    "am",
    "pm",
    "h",
    "GB",
    "p3",
    "v",
    "two",
    "hundred",
    "million",
    "and",
    "half",
    "an",
    "hour",
    "to",
    "from",
    "May",
    "deux",
    "cent",
    "et",
    "demie",
    "einhundert",
    "zwei",
    "Uhr",
    "bis",
    "三",
    "億",
    "万",
    "年",
    "月",
    "日",
    "時",
    "分",
    "半",
    "午後",
    "割",
    "百分の",
    "第",
    "つ",
    "두",
    "시",
    "오후",
    "만",
    "全天",
    "\u{200b}",
    "\u{ad}",
    "½",
    "℃",
    "٣",
    "＄",
    "é",
    "🔗",
    "\u{fffc}",
    "_",
    "\n",
    "files",
    "minus",
    "midnight",
    "day",
    "dygnet runt",
    "en",
    "ett",
    "timmar",
    "yüz",
    "saat",
    "kaksi",
    "tuntia",
    "時間",
    "百分之",
    "五",
    "一",
    "点",
    "元",
    "晚上",
    "세",
    "시간",
    "일",
    "월",
    "이",
    "ชั่วโมง",
    "สอง",
    "€",
];

proptest! {
    #[test]
    fn any_text_is_read_without_harm(text in "\\PC{0,60}", locale in 0usize..80) {
        check_spans(locales().nth(locale).unwrap_or("en"), &text);
    }

    #[test]
    fn any_mixture_of_pieces_is_read_without_harm(pieces in prop::collection::vec(0..PIECES.len(), 0..24), locale in 0usize..80) {
        let text: String = pieces.iter().map(|&at| PIECES[at]).collect();
        let locale = locales().nth(locale).unwrap_or("en");
        check_spans(locale, &text);
        let read = reader(locale).read(&text);
        prop_assert_eq!(&read, &read_everywhere(reader(locale), &text), "places are passed over: {:?}", text);
        prop_assert!(compare(&read, &read).is_empty(), "a text differs from itself: {:?}", text);
    }
}

/// Whether a quantity needs a counterpart in a text without digits.
fn needs_counterpart(quantity: &Quantity) -> bool {
    quantity.strength > Strength::Weak && !matches!(quantity.kind, QuantityKind::Number | QuantityKind::Ordinal)
}

proptest! {
    #[test]
    fn what_may_not_differ_holds_nothing_that_does(pieces in prop::collection::vec(0..PIECES.len(), 0..12), locale in 0usize..80) {
        let text: String = pieces.iter().map(|&at| PIECES[at]).filter(|piece| !piece.contains(char::is_numeric)).collect();
        let reader = reader(locales().nth(locale).unwrap_or("en"));
        let read = reader.read(&text);
        prop_assert!(gist(reader, &text) != Gist::Nothing || !read.iter().any(needs_counterpart), "{:?}: {:?}", text, read);
    }

    // What is written alike is the same in every language, unless something else in the text changes its meaning.
    #[test]
    fn texts_whose_gists_agree_do_not_differ(pieces in prop::collection::vec(0..PIECES.len(), 0..10), locale in 0usize..80) {
        let text: String = pieces.iter().map(|&at| PIECES[at]).collect();
        let turned = text.split(' ').rev().collect::<Vec<_>>().join(" files ");
        let reader = reader(locales().nth(locale).unwrap_or("en"));
        if gist(reader, &text).agrees(|| gist(reader, &turned)) {
            let (ours, theirs) = (reader.read(&text), reader.read(&turned));
            prop_assert!(compare(&ours, &theirs).is_empty(), "{:?}: {:?}\n{:?}: {:?}", text, ours, turned, theirs);
        }
    }

    #[test]
    fn a_lone_number_is_what_the_whole_grammar_reads(pieces in prop::collection::vec(0..PIECES.len(), 0..8), locale in 0usize..80) {
        let text: String = pieces.iter().map(|&at| PIECES[at]).collect();
        let text = Normalised::new(&text);
        let scan = Scan::new(&text, &reader(locales().nth(locale).unwrap_or("en")).language);
        for at in (0..scan.chars.len()).filter(|&at| scan.chars[at].is_ascii_digit()) {
            if let Some(lone) = scan.lone_number(at) {
                prop_assert_eq!(&vec![lone], &scan.read_digit(at), "{:?} at {}", text.source, at);
            }
        }
    }
}

/// No surface by itself is a quantity that its gist misses.
#[test]
fn significant_words_are_seen() {
    for locale in locales() {
        let reader = reader(locale);
        reader.language.lexicon.trie.surfaces(&mut |chars, _| {
            let text: String = chars.iter().collect();
            let read = reader.read(&text);
            assert!(
                gist(reader, &text) != Gist::Nothing || !read.iter().any(needs_counterpart),
                "{locale} {text:?}: {read:?}"
            );
        });
    }
}

/// An amount as the locale writes it, with a unit from its data, reads back.
#[test]
fn amounts_in_each_locale_read_back() {
    let mut wrong = Vec::new();
    let mut tried = 0;
    for (index, locale) in locales().enumerate() {
        let layers = data::layers(Some(index));
        let generated = layers.iter().find(|data| data.decimal.is_some()).unwrap();
        let decimal = generated.decimal.unwrap();
        for unit in ["week", "day", "hour", "minute", "second", "km"] {
            let Some(word) = generated.units.get(unit).and_then(|words| words.first()) else { continue };
            for (written, value) in [(format!("7{decimal}5"), 7.5), ("12".to_owned(), 12.0)] {
                let text = format!("{written} {word}");
                let read = reader(locale).read(&text);
                let right = matches!(&read[..], [one] if match &one.meaning {
                    Meaning::Duration(parts) => parts.len() == 1 && parts[0].1.id() == unit && (parts[0].0.value - value).abs() < 1e-9,
                    Meaning::Measure(amount, of) => of.id() == unit && (amount.value - value).abs() < 1e-9,
                    _ => false,
                });
                tried += 1;
                if !right {
                    wrong.push(format!("{locale} {text:?}: {:?}", read.iter().map(show).collect::<Vec<_>>()));
                }
            }
        }
    }
    assert!(tried > 400 && wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong.join("\n"));
}

/// A date with each month in words reads back.
#[test]
fn dates_in_each_locale_read_back() {
    let mut wrong = Vec::new();
    for (index, locale) in locales().enumerate() {
        let layers = data::layers(Some(index));
        let generated = layers.iter().find(|data| data.decimal.is_some()).unwrap();
        for (at, names) in generated.months.iter().enumerate() {
            // Languages that number their months have no names for them.
            let Some(name) = names.iter().max_by_key(|name| name.chars().count()) else { continue };
            let capital: String =
                name.chars().take(1).flat_map(char::to_uppercase).chain(name.chars().skip(1)).collect();
            let text = format!("14 {capital} 2025");
            let want = Date { year: Some(2025), month: Some(at as u8 + 1), day: Some(14), ..Date::default() };
            let read = reader(locale).read(&text);
            if !matches!(&read[..], [one] if one.meaning == Meaning::Date(want)) {
                wrong.push(format!("{locale} {text:?}: {:?}", read.iter().map(show).collect::<Vec<_>>()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
