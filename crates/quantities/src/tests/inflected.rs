//! Tables of inflected words, and of words that only start like a unit.

use super::comparing::{assert_same, differences};
use super::reading::check;

#[test]
fn number_words_are_read_in_all_cases() {
    check(&[
        ("cs", "třech souborů, pěti, dvaadvaceti, pětadvacet", "number 3; number 5; number 22; number 25"),
        ("sk", "piatich súborov, dvadsiatim", "number 5; number 20"),
        ("sl", "treh datotek, tremi, dvajset, petindvajsetih", "number 3; number 3; number 20; number 25"),
        ("uk", "п'ятьом файлам, двадцятьох, шестисот", "number 5; number 20; number 600"),
        ("be", "дваццаці файлаў", "number 20"),
        ("hr", "četiriju datoteka, trima", "number 4; number 3"),
        ("lt", "dešimties failų, dvidešimties", "number 10; number 20"),
        ("et", "kaheksateistkümne faili", "number 18"),
        ("el", "τεσσάρων αρχείων, διακοσίων", "number 4; number 200"),
        ("ar", "بعد ثلاثين يوما، خمس دقائق، خمسة وأربعين ملفا", "duration P30D; duration PT5M; number 45"),
        ("he", "ששת הקבצים, עשרת", "number 6; number 10"),
        ("hi", "पांच फाइलें", "number 5"),
        ("fi", "5 sekunniksi, 3 tunniksi", "duration PT5S; duration PT3H"),
        ("tr", "3 günlük, 2 aylık, 5 yıllık", "duration P3D; duration P2M; duration P5Y"),
    ]);
}

#[test]
fn words_for_a_group_are_optional() {
    check(&[("pl", "trójka plików", ""), ("cs", "trojici souborů", ""), ("ne", "यो सही छ।", "")]);
    assert_same(&[("3 files", "pl", "trójka plików")]);
    assert_eq!(differences(("en", "6 hours"), ("ne", "छ घण्टा")), Vec::<String>::new());
}

#[test]
fn units_and_currencies_end_where_words_do() {
    check(&[
        ("fi", "5 sekoittajaa, 5 minimiarvoa, 5 SEK", "number 5; number 5; currency 5 SEK"),
        ("fi", "5 euroa", "currency 5 EUR"),
        ("tr", "5 sanal makine, 5 minimum, 20 dolarlık", "number 5; number 5; currency 20 USD"),
        ("tr", "60s, 0.02s'lik", "duration PT60S; duration PT0.02S"),
        ("ko", "하나만 주세요", ""),
        ("cs", "40 000krát, 40 000x", "number 40000; number 40000"),
    ]);
    assert_same(&[("40,000 times", "cs", "40 000krát")]);
    assert_eq!(differences(("en", "40,000 times"), ("cs", "4 000krát")).len(), 1);
}

#[test]
fn a_degree_sign_has_no_scale() {
    check(&[
        ("en", "turned by -90°, 90 °F", "measure -90 °; temperature 90 °F"),
        ("he", "ל--90°", "measure -90 °"),
        ("ja", "緯度、-2°", "measure -2 °"),
    ]);
    assert_same(&[("20 °C", "fr", "20°"), ("90°", "fi", "90°")]);
    assert_eq!(differences(("en", "20 °C"), ("fr", "25°")).len(), 1);
    assert_eq!(differences(("en", "20 °C"), ("fr", "20 °F")).len(), 1);
}

#[test]
fn digits_in_the_plural_are_no_seconds() {
    check(&[
        ("en", "a row of 1s and 0s", "number 1; number 0"),
        ("en", "wait 1s, then 2s and 3s", "duration PT1S; duration PT2S; duration PT3S"),
    ]);
}

#[test]
fn a_fraction_has_a_numerator_and_a_denominator() {
    check(&[
        ("ja", "3分の1、10 分の 3", "ratio 1:3; ratio 3:10"),
        ("ja", "1分の1/60", "duration PT1M; ratio 1:60"),
        ("ko", "3분의 1, 1분의 1/60", "ratio 1:3; duration PT1M; ratio 1:60"),
        ("ko", "10 x (1분의 60초), 3월 31일", "number 10; duration PT1M; duration PT60S; date --03-31"),
    ]);
    assert_same(&[("1/60 of 1 minute", "ko", "1분의 1/60")]);
}
