//! Texts that agree although they are not read alike, and texts with the same digits that do not agree.

use super::*;
use crate::{Difference, Text, compare_texts};

/// A text without links.
fn text<'a>(locale: &str, text: &'a str, quantities: &'a [Quantity]) -> Text<'a> {
    Text { reader: reader(locale), text, mark: "", addresses: Vec::new(), code: Vec::new(), quantities }
}

/// The differences as `source -> translation`, with `-` for what one side lacks.
pub(super) fn differences(source: (&str, &str), translation: (&str, &str)) -> Vec<String> {
    let (a, b) = (reader(source.0).read(source.1), reader(translation.0).read(translation.1));
    let found = compare_texts(&text(source.0, source.1, &a), &text(translation.0, translation.1, &b));
    let said = |all: &[Quantity], at: Option<usize>| at.map_or("-".to_owned(), |at| all[at].describe());
    let show = |found: &Difference| format!("{} -> {}", said(&a, found.source), said(&b, found.translation));
    found.iter().map(show).collect()
}

/// Asserts that texts in English and in another language agree.
pub(super) fn assert_agree(table: &[(&str, &str, &str)]) {
    for (source, locale, translation) in table {
        let found = differences(("en", source), (locale, translation));
        assert!(found.is_empty(), "{source:?} and {locale} {translation:?}: {found:?}");
    }
}

/// Asserts that they differ in one place.
pub(super) fn assert_differ(table: &[(&str, &str, &str)]) {
    for (source, locale, translation) in table {
        let found = differences(("en", source), (locale, translation));
        assert_eq!(found.len(), 1, "{source:?} and {locale} {translation:?}: {found:?}");
    }
}

#[test]
fn other_readings_of_the_same_digits_agree() {
    for (source, locale, translation) in [
        // Words that may be a time, a month, a unit or a number.
        ("Turn the valve down by 15%.", "de", "Drehen Sie das Ventil um 15 % zurück."),
        ("Move the arm by .2mm.", "de", "Bewegen Sie den Arm um 0,2 mm."),
        ("Buy a plan for 4 pumps.", "cs", "Kupte si plán pro 4 čerpadla."),
        ("Keep it between 20-40 bar.", "tr", "20-40 bar aralık içinde tutun."),
        ("Send 80K of logs.", "fr", "Envoyez 80 Ko de journaux."),
        ("Every 1 second counts.", "es", "Cada segundo cuenta."),
        // Ranges and lists share their parts.
        ("Open May 5–9, 2031.", "de", "Geöffnet vom 5. bis 9. Mai 2031."),
        ("Open May 5–9, 2031.", "fr", "Ouvert du 5 au 9 mai 2031."),
        ("In April and May 2031", "ja", "2031年4月と5月"),
        ("In April, 2031", "ja", "2031年4月"),
        ("In 2031-32", "fr", "En 2031-2032"),
        ("Pumps 3,4,5,6 leak.", "ja", "ポンプ3、4、5、6が漏れる。"),
        ("The valve is at (12,12).", "fr", "La vanne est en (12, 12)."),
        ("From midnight to six", "ja", "午前0時から6時まで"),
        // Dates.
        ("Until June 8, 2031", "th", "จนถึง 8 มิถุนายน 2574"),
        ("Recorded 20310608", "fr", "Enregistré le 8 juin 2031"),
        ("Until June 8, 2031 at 4:15 PM", "got", "2031ko ekainaren 8ra arte, 4:15"),
        // Units and names in the words of each language.
        ("A 21-day trial", "cs", "21denní zkouška"),
        ("Choose row_4.", "es", "Elija fila_4."),
        ("The file pump4.md", "fr", "Le fichier pompe4.md"),
        ("Convert MP3s", "pt", "Converta MP3"),
        ("Uses 40 mA.", "ru", "Потребляет 40 мА."),
        ("See figure 2.", "ja", "図②を参照。"),
        ("Choose option 3.", "zh", "选择选项三。"),
        ("Tide 4.6.0", "zh", "Tide 4.6"),
        ("An area of 3 m^2", "fr", "Une surface de 3 m²"),
        ("Two thirds of the pumps", "ko", "펌프의 3분의 2"),
        ("$4.50 CAD", "ja", "4.50 カナダドル"),
        ("After more than 40 days", "ja", "41日以上たってから"),
        ("Folders deeper than 4 levels", "ja", "5階層以上のフォルダー"),
        ("In base 16", "ru", "В шестнадцатеричной системе"),
    ] {
        let found = differences(("en", source), (locale, translation));
        assert!(found.is_empty(), "{source:?} and {locale} {translation:?}: {found:?}");
    }
}

#[test]
fn what_translators_add_or_omit_is_no_difference() {
    for (source, locale, translation) in [
        ("Every 1 second", "ar", "كل ثانية"),
        ("For 2 days", "ar", "لمدة يومين"),
        ("For 2 hours", "he", "למשך שעתיים"),
        ("A 1-year plan", "ko", "연간 플랜"),
        ("Show 1 page at a time.", "nl", "Toon het per pagina."),
        ("A 100% refund", "it", "Un rimborso completo"),
        ("Encode the file.", "de", "Kodieren Sie die Datei als Base64."),
        ("A 3d printer", "zh", "打印机"),
        ("For a non-0 level", "fr", "Pour un niveau non nul"),
        ("Set `low`, `mid` or `high`.", "ja", "\u{fffc}、\u{fffc}、\u{fffc}の3種類から選びます。"),
        ("For 5 pumps", "got", "Ganz viele Pumpen"),
    ] {
        let source = source.replace("`low`, `mid` or `high`", "\u{fffc}, \u{fffc} or \u{fffc}");
        let found = differences(("en", &source), (locale, translation));
        assert!(found.is_empty(), "{source:?} and {locale} {translation:?}: {found:?}");
    }
}

#[test]
fn certain_readings_that_disagree_are_a_difference() {
    for (source, locale, translation, expected) in [
        ("In 30 minutes", "de", "In 30 Stunden", "30 minutes -> 30 hours"),
        ("In 3.141 seconds", "sv", "På 3 141 sekunder", "3.141 seconds -> 3141 seconds"),
        ("At 9 am", "fr", "À 21 h 00", "09:00 -> 21:00"),
        ("On 5 July 2031", "sv", "Den 7 maj 2031", "5 July 2031 -> 7 May 2031"),
        ("For $20", "de", "Für 20 €", "20 USD -> 20 EUR"),
        ("Until June 8, 2031", "ko", "2031년 7월 8일까지", "8 June 2031 -> 8 July 2031"),
        ("Until June 8, 2031", "vi", "Đến ngày 8 tháng 7 năm 2031", "8 June 2031 -> 8 July 2031"),
        ("Tide 2.4.5", "de", "Tide 2,4,5", "version 2.4.5 -> 2.4"),
        ("Use SOCKS5.", "fr", "Utilisez SOCKS4.", "SOCKS5 -> SOCKS4"),
        ("See TIDE-4711.", "fr", "Voir MAREE-4711.", "TIDE-4711 -> MAREE-4711"),
        ("See TIDE-4711.", "fr", "Voir plus bas.", "TIDE-4711 -> -"),
        ("A 14-day trial", "cs", "30denní zkouška", "14 days -> -"),
        ("A 1-year plan", "ja", "月間プラン", "1 year -> -"),
        ("Pumps 3,4,5", "ja", "ポンプ3、4、6", "5 -> 6"),
        ("Wait 5 minutes.", "ja", "少し待ちます。", "5 minutes -> -"),
        ("After more than 40 days", "ja", "42日以上たってから", "40 days -> 42 days"),
        ("After 40 days", "ja", "41日後", "40 days -> 41 days"),
        ("A non-zero level", "sv", "En nivå på 1", "0 -> 1"),
        ("Exactly 79228162514264337593543950336", "fr", "79228162514264337593543950335 exactement", ""),
    ] {
        let found = differences(("en", source), (locale, translation));
        assert_eq!(found.len(), 1, "{source:?} and {locale} {translation:?}: {found:?}");
        assert!(expected.is_empty() || found[0] == expected, "{source:?} and {locale} {translation:?}: {found:?}");
    }
}

#[test]
fn addresses_and_list_marks_hold_numerals() {
    let (source, translation) = ("See the app.", "Siehe die App (https://shop.example /app/id7482910).");
    let read = reader("de").read(translation);
    let side = |addresses| Text { addresses, ..text("en", source, &[]) };
    let found = |addresses| compare_texts(&side(addresses), &text("de", translation, &read)).len();
    assert_eq!((found(vec!["https://shop.example/app/id7482910"]), found(Vec::new())), (0, 1));

    let (source, translation) = ("Repeat step 4 with the other pump.", "adımı diğer pompayla tekrarlayın.");
    let read = reader("en").read(source);
    let marked = |mark| Text { mark, ..text("tr", translation, &[]) };
    let found = |mark| compare_texts(&text("en", source, &read), &marked(mark)).len();
    assert_eq!((found("4. "), found("")), (0, 1));
}

#[test]
fn what_is_left_in_the_language_of_the_source_is_not_read_again() {
    assert_eq!(
        differences(
            ("en", "Say “set a four minute 17 second timer”."),
            ("nl", "Zeg „set a four minute 17 second timer”.")
        ),
        [""; 0]
    );
    assert_eq!(
        differences(("en", "It cost a combined $1.25 million."), ("ro", "A costat “a combined $1.25 million”.")),
        [""; 0]
    );
    assert_eq!(
        differences(("en", "Wait 30 minutes, then 60 minutes."), ("fr", "Attendez 30 minutes, puis 30 minutes.")).len(),
        1
    );
}

#[test]
fn a_number_word_that_is_not_known_leaves_its_unit() {
    assert_eq!(
        differences(("en", "The lantern stays lit for 30 days."), ("it", "La lanterna resta accesa per xxxta giorni.")),
        [""; 0]
    );
    assert_eq!(differences(("en", "The lantern stays lit for 30 days."), ("it", "La lanterna resta accesa.")).len(), 1);
    // Both sides speak of days apart from the number.
    let english = "After 30 days, the days are counted.";
    assert_eq!(differences(("en", english), ("it", "In seguito si contano i giorni.")).len(), 1);
    assert_eq!(
        differences(("en", "A timer of 2 minutes and 30 seconds."), ("cs", "Dvouminutový a třicetisekundový časovač.")),
        [""; 0]
    );
    assert_eq!(
        differences(("en", "Set a 4 minute 17 second timer."), ("cs", "Nastav čtyřminutový časovač na 17 sekund.")),
        [""; 0]
    );
    assert_eq!(differences(("en", "Set a 4 minute 17 second timer."), ("cs", "Nastav časovač na 17 sekund.")).len(), 1);
}

#[test]
fn numbers_of_sections_and_fragments_are_no_numbers() {
    assert_eq!(differences(("en", "Prepare the driver"), ("de", "3.1 Den Treiber vorbereiten")), [""; 0]);
    assert_eq!(
        differences(("en", "See the notes."), ("sv", "Se anteckningarna (https://lykta.example/a.html #lamp-v1).")),
        [""; 0]
    );
    assert_eq!(differences(("en", "It runs on kernel 6.1."), ("de", "Es läuft auf dem Kernel.")).len(), 1);
}

#[test]
fn a_small_number_may_replace_one_of_another_kind() {
    assert_eq!(
        differences(("en", "The lantern ships in Q4."), ("de", "Die Laterne erscheint im 3. Quartal.")).len(),
        1
    );
    assert_eq!(differences(("en", "There is no 1:1 copy."), ("ja", "1対1の写しはありません。")), [""; 0]);
    assert_eq!(differences(("en", "There is no 1:1 copy."), ("ja", "2対1の写しはありません。")).len(), 1);
    assert_eq!(differences(("en", "A 9th century lamp."), ("fi", "Lamppu on 800-luvulta.")), [""; 0]);
    assert_eq!(differences(("en", "A 9th century lamp."), ("fi", "Lamppu on 900-luvulta.")).len(), 1);
    assert_eq!(differences(("en", "It adds a 16-bit CRC."), ("fr", "Un CRC 16 bits est ajouté.")), [""; 0]);
}

#[test]
fn times_in_other_zones_are_not_compared() {
    let english = "First published at 2031-08-28 09:00:00 UTC.";
    assert_eq!(differences(("en", english), ("ja", "初版: 2031-08-28 18:00:00 (JST)")), [""; 0]);
    assert_eq!(differences(("en", english), ("ja", "初版: 2031-08-28 18:00:00 (UTC)")).len(), 1);
    assert_eq!(differences(("en", "In 2007 and later."), ("fr", "En 2007 et au-delà.")), [""; 0]);
}

#[test]
fn languages_without_articles_have_a_word_for_the_digit() {
    assert_eq!(differences(("en", "A guest has 1 key."), ("zh", "客人有一把钥匙。")), [""; 0]);
    assert_eq!(
        differences(("en", "A delay of 1 block is used."), ("cs", "Používá se zpoždění o jeden blok.")),
        [""; 0]
    );
    assert_eq!(differences(("en", "The default is 64, and 0 means none."), ("zh", "默认为64，0为不限制。")), [""; 0]);
}

#[test]
fn conversions_and_figures_of_speech_are_no_differences() {
    let [agree, differ] = [0, 1];
    for (source, locale, translation, count) in [
        ("It costs $25.", "fr", "Cela coûte 25 $ (≈ 23 €).", agree),
        ("Leave 5 mm (0.2 inches).", "fr", "Laissez 5 mm.", agree),
        ("It costs $25.", "fr", "Cela coûte 25 $, puis 23 €.", differ),
        ("In order: 1. Take the key. 2. Take the lock.", "zh", "按顺序：取钥匙。取锁。", agree),
        ("Take 1 key and 2 locks.", "de", "Nehmen Sie einen Schlüssel und Schlösser.", differ),
        ("The default is 5m (5 minutes).", "zh", "默认为 5m。", agree),
        ("A transfer with 0% fee.", "ru", "Перевод без комиссии.", agree),
        ("Exactly 50% of them answered.", "fr", "Exactement la moitié a répondu.", agree),
        ("Exactly 60% of them answered.", "fr", "Exactement la moitié a répondu.", differ),
        // A percentage does not become a rank.
        ("All in all, 94% of the lamps.", "ja", "灯の2位です。", 2),
        ("See the news.", "de", "Siehe (https://lykta.example/ 2031/10/31/news.html).", agree),
    ] {
        let found = differences(("en", source), (locale, translation));
        assert_eq!(found.len(), count, "{source} | {translation}: {found:?}");
    }
}

#[test]
fn a_preposition_after_a_sign_is_no_currency() {
    assert_eq!(
        differences(("en", "It takes $10 off the lamp."), ("fr", "Il accorde 10 $ au lieu de la lampe.")),
        [""; 0]
    );
}
