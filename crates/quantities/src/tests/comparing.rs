//! Tables of texts that say the same, and of texts that do not.

use super::*;

pub(super) fn differences(source: (&str, &str), translation: (&str, &str)) -> Vec<String> {
    let (a, b) = (reader(source.0).read(source.1), reader(translation.0).read(translation.1));
    let shown = |all: &[Quantity], at: Option<usize>| at.map_or("nothing".to_owned(), |at| all[at].describe());
    compare(&a, &b)
        .iter()
        .map(|found| {
            format!("{:?}: {} here; {}", found.category, shown(&b, found.translation), shown(&a, found.source))
        })
        .collect()
}

/// Asserts that each English text means the same as the one in another language.
pub(super) fn assert_same(table: &[(&str, &str, &str)]) {
    for (source, locale, translation) in table {
        let found = differences(("en", source), (locale, translation));
        assert!(found.is_empty(), "{source:?} and {locale} {translation:?}: {found:?}");
    }
}

#[test]
fn the_same_in_another_language_is_no_difference() {
    let table: &[(&str, &str, &str)] = &[
        // Availability.
        ("24x7 help", "fr", "une aide 24 h/24, 7 j/7"),
        ("24x5 help", "fr", "de l’aide 24 heures sur 24 et 5 jours sur 7"),
        ("24x7 help", "de", "Hilfe rund um die Uhr"),
        ("24x7x365 by phone", "sv", "dygnet runt, alla dagar, året om per telefon"),
        ("24x7/ 30 minutes", "ja", "24 時間年中無休／ 30 分"),
        ("24x7 access", "ja", "24 時間アクセス"),
        ("24x7x365 help", "zh-Hans", "全天候帮助"),
        ("24x7 help", "ko", "연중무휴 24시간 지원"),
        // Times of day.
        ("6 am – 5:30 pm", "fr", "6 h 00 à 17 h 30"),
        ("9 am – 5:30 pm", "ja", "午前 9:00 ～午後 5:30"),
        ("9 am – 5 pm", "de", "9:00–17:00 Uhr"),
        ("6 am – 5:30 pm", "sv", "6.00-17.30"),
        ("at 9 am", "ko", "오전 9시에"),
        ("at 9 am", "zh", "上午 9:00"),
        ("each Thursday at 0600 PT", "ja", "毎週木曜日の午前6時（PT）"),
        // Durations.
        ("2 hours", "sv", "Två timmar"),
        ("60 minutes", "de", "1 Stunde"),
        ("1 business day", "sv", "En arbetsdag"),
        ("1 business day", "ja", "1 営業日"),
        ("a 1-minute gap", "fr", "un écart d’une minute"),
        ("a 2 minute tour", "de", "ein zweiminütiger Rundgang"),
        ("about 1:00 minute", "fr", "environ 1 minute"),
        ("over the past year", "ja", "過去1年間"),
        ("Every 5 seconds", "sv", "Var femte sekund"),
        // Numbers.
        ("over 10K files", "fr", "plus de 10 000 fichiers"),
        ("200k+ files", "fr", "plus de 200 000 fichiers"),
        ("12 million files in 4 million folders", "ja", "400万フォルダーの1,200万ファイル"),
        ("375M files", "ja", "3億7,500万ファイル"),
        ("1,234 files", "de", "1.234 Dateien"),
        ("1.234 seconds", "de", "1.234 Sekunden"),
        ("Thirty-three fixes", "sv", "33 korrigeringar"),
        ("five tabs", "ja", "5 つのタブ"),
        ("2-letter code", "sv", "tvåbokstavskod"),
        ("3 or 4 lines", "zh", "三四行"),
        ("2 lines", "ko", "두 줄입니다"),
        ("one or more files", "fr", "un ou plusieurs fichiers"),
        ("Both folders", "ja", "2 つのフォルダー"),
        ("our #1 tool", "sv", "vårt främsta verktyg"),
        ("no visits in year 1", "de", "im ersten Jahr keine Besuche"),
        ("First day", "sv", "Dag 1"),
        ("On the 1st, 3rd and 5th day", "sv", "Den första, tredje och femte dagen"),
        ("15x to 30x", "ja", "15 分の 1 から 30 分の 1"),
        ("6 in 10 users", "ja", "ユーザーの 6 割"),
        // Money, sizes, names.
        ("$159.00", "fr", "159 $"),
        ("5 GB", "fr", "5 Go"),
        ("open 9 am to 6 pm", "fr", "ouvert de 9 h à 18 h"),
        ("4.5:1 for 18pt", "sv", "4,5:1 för 18 pt"),
        ("Product2 only", "de", "nur Produkt2"),
        ("Go 1.23", "ja", "Go1.23以上"),
        ("See RFC3986", "de", "Siehe RFC 3986"),
        ("Q1 2025 plan", "zh-Hans", "2025年第一季度计划"),
        ("Q1", "fr", "T1"),
        ("at least 3:1", "fr", "au moins 3:1"),
        ("5 of tens of thousands of files", "fr", "5 des dizaines de milliers de fichiers"),
        ("A guide to i18n and a11y", "fr", "Un guide de l’internationalisation et de l’accessibilité"),
        ("Peer-to-peer in I18N", "de", "P2P in der i18n"),
        ("Version 3.10", "de", "Version 3.10"),
        ("3.10 points", "de", "3,1 Punkte"),
        ("2.0 points", "fr", "2 points"),
        ("20.000000 points", "de", "20.00000 Punkte"),
        // Dates.
        ("Oct 09, 2025", "ja", "2025年10月9日（PT）"),
        ("October 14, 2025", "fr", "mercredi 14 octobre 2025"),
        ("Mid-November through Mid-January", "ja", "11月中旬～1月中旬"),
        ("software of the 90s", "ja", "90年代のソフトウェア"),
        ("software of the 1990s", "de", "Software der 1990er Jahre"),
        ("software of the 1990s", "fr", "logiciels des années 1990"),
        ("software of the 1990s", "sv", "programvara från 1990-talet"),
        ("software of the 1990s", "zh", "1990年代的软件"),
        ("after 2000s", "fr", "après 2000 s"),
        ("2000 years ago", "ja", "2000年前"),
        ("In April 2023", "ru", "В апреле 2023 года"),
        ("08/10/22, 3:20 PM", "fr", "08/10/22, 15h20"),
        ("on March 24, 2026", "ja", "on March 24, 2026"),
    ];
    assert_same(table);
}

#[test]
fn the_same_number_in_words_or_shortened_is_no_difference() {
    assert_same(&[
        ("3 to 4 thousand files", "ja", "3,000 から 4,000 のファイル"),
        ("500-600 thousand files", "ja", "50 万〜60 万ファイル"),
        ("1-in-1000 files", "ja", "1000 分の 1 のファイル"),
        ("two-thirds of the files", "ja", "ファイルの3分の2"),
        ("790K files", "uk", "790 тис. файлів"),
        ("2 very large folders", "zh", "两个非常大的文件夹"),
        ("3 folders, 4 files", "ru", "трёх папок, четырёх файлов"),
        ("2 alternative folders", "hu", "két alternatív mappa"),
        ("in 2 lines", "ru", "в пару строк"),
    ]);
}

#[test]
fn weak_numbers_are_no_difference() {
    assert_same(&[
        ("a label less important than a secondary one", "ja", "2次ラベルよりも重要度の低いラベル"),
        ("another folder that is opened", "ja", "開かれた2番目のフォルダー"),
        ("a hexadecimal colour", "ja", "16進数の色"),
        ("a hexadecimal colour", "zh", "16进制的颜色"),
        ("a binary file", "ko", "2진 파일"),
        ("the Larkspur 3rd party folder", "zh", "Larkspur 3rd party 文件夹"),
        ("a third party library", "ko", "제3의 라이브러리"),
        ("the other folder", "ja", "もう1つのフォルダー"),
    ]);
}

#[test]
fn words_that_start_like_units_are_not_units() {
    assert_same(&[
        ("two branches, 3 partitions and 2 logs", "zh", "两个分支、3 个分区和 2 个日志"),
        ("the first elements are tuples", "zh", "前面的元素是三元组"),
        ("in this scenario, at this page", "ko", "이 시나리오에서, 이 페이지에서"),
        ("during this time", "ko", "이 시간 동안"),
        ("it is paused for now", "ko", "일시정지 상태입니다"),
        ("100 endpoints, 3 originals", "ko", "100 엔드포인트, 3 원본"),
        ("one of the folders", "ja", "フォルダーの 1 つの"),
        ("two systems, more than 10", "ko", "두 시스템, 10 초과"),
        ("it is split in 2 and searched by bisection", "ja", "2 分割され、二分探索で検索されます"),
    ]);
}

#[test]
fn changes_are_found_and_categorised() {
    let table: &[(&str, &str, &str, &[&str])] = &[
        ("6 am – 5:30 pm", "sv", "06.00–17.00:30", &["ServiceLevel: 06:00 to 17:00:30 here; 06:00 to 17:30"]),
        ("after 00:00 UTC", "sv", "efter :00 UTC", &["ServiceLevel: --:00 here; 00:00"]),
        ("under 2.313 seconds", "sv", "under 2 313 sekunder", &["ServiceLevel: 2313 seconds here; 2.313 seconds"]),
        (
            "5 to 15 minutes",
            "fr",
            "5 à 15 heures",
            &["ServiceLevel: 05:00 to 15:00 here; 5 minutes", "ServiceLevel: nothing here; 15 minutes"],
        ),
        ("P1: 1 hour", "fr", "P1 : 1 minute", &["ServiceLevel: 1 minute here; 1 hour"]),
        ("2 hours", "fr", "2 jours", &["ServiceLevel: 2 days here; 2 hours"]),
        // Other readings of the same number, such as "an" and "second" of "per second", do not replace it.
        ("at least 1 minute, or an error", "ja", "1 時間以上、エラー", &["ServiceLevel: 1 hour here; 1 minute"]),
        ("two hours, 7 files per second", "ja", "2 分、毎秒 7 ファイル", &["ServiceLevel: 2 minutes here; 2 hours"]),
        ("It takes an hour.", "de", "Es dauert 1 Minute.", &["ServiceLevel: 1 minute here; 1 hour"]),
        ("runs 2 x 25 days", "de", "läuft 2 x 25 Wochen", &["ServiceLevel: 25 weeks here; 25 days"]),
        ("1 business day", "de", "2 Werktage", &["ServiceLevel: 2 business days here; 1 business day"]),
        ("24x7 help", "fr", "aide 24 h/24, 5 j/7", &["ServiceLevel: 24/5 here; 24/7"]),
        ("99.9 %", "de", "99 %", &["ServiceLevel: 99 % here; 99.9 %"]),
        ("Nov 11, 2025", "fr", "1 novembre 2025", &["Date: 1 November 2025 here; 11 November 2025"]),
        ("April 9, 2024", "fr", "Avril 9 janvier 2024", &["Date: 9 April and January 2024 here; 9 April 2024"]),
        ("0000-00-00", "sv", "0000-00", &["Date: 0000-00 here; 0000-00-00"]),
        (
            "a list of 23000 files",
            "sv",
            "en lista med 2 3000 filer",
            &["Number: 2 here; 23000", "Number: 3000 here; nothing"],
        ),
        ("Fix ABC-54111", "sv", "Korrigering ABC-5411", &["Number: ABC-5411 here; ABC-54111"]),
        ("2.4.7-p3 and 2.4.7-p4", "sv", "2.4.7-p4", &["Number: nothing here; version 2.4.7-p3"]),
        ("11.x", "sv", "1.x", &["Number: version 1.x here; version 11.x"]),
        ("5 GB", "fr", "5 Mo", &["Number: 5 MB here; 5 GB"]),
        ("the amount PLN 0", "sv", "beloppet zloty", &["Number: nothing here; 0 PLN"]),
        ("four to 17 digits", "sv", "fyra till sjutsiffriga", &["Number: nothing here; 17"]),
        ("Since 3.10", "de", "Seit 3.1", &["Number: 3.1 here; 3.10"]),
        ("k8s", "sv", "k9s", &["Number: K9S here; K8S"]),
        ("four files", "de", "5 Dateien", &["Number: 5 here; 4"]),
        ("see [RFC3986]", "fr", "voir [🔗]", &["Number: nothing here; RFC3986"]),
    ];
    for (source, locale, translation, want) in table {
        let found = differences(("en", source), (locale, translation));
        assert_eq!(found, *want, "{source:?} and {locale} {translation:?}");
    }
}

#[test]
fn names_have_a_gist_and_amounts_are_read() {
    let gist_of = |(locale, text): (&str, &str)| gist(reader(locale), text);
    let agree: &[(&str, &str, &str)] = &[
        ("Open the folder", "fr", "Ouvrez un dossier"),
        ("Sync 2.4.7-p3 fixes ABC-123 in Go1.23.", "fr", "Sync 2.4.7-p3 corrige ABC-123 dans Go1.23."),
        ("ABC-123 is part of 8.1, see page 7", "sv", "ABC-123 ingår i 8.1, se sidan 7"),
        ("Open a folder in $HOME", "sv", "Öppna en mapp i $HOME"),
        ("#31241", "fr", "#31241"),
        ("Sync 2.4.7 and 2.4.8", "ja", "Sync 2.4.8と2.4.7"),
    ];
    for (source, locale, translation) in agree {
        assert!(
            gist_of(("en", source)).agrees(|| gist_of((locale, translation))),
            "{source:?} and {locale} {translation:?}"
        );
    }
    let read: &[(&str, &str, &str)] = &[
        ("5 hours", "fr", "5 minutes"),
        ("5 hours", "fr", "5 heures"),
        ("T-5 hours", "fr", "T-5 minutes"),
        ("ca.5 hours", "de", "ca.5 Minuten"),
        ("10k hours", "fr", "10k minutes"),
        ("5/10 hours", "fr", "5/10 minutes"),
        ("June 11 and 12", "fr", "juillet 11 et 12"),
        ("2.4.7-p3", "fr", "2.4.7-p4"),
        ("two hours", "fr", "trois heures"),
        ("10 000 files", "fr", "10 000 fichiers"),
        ("9:00 am", "fr", "9:00"),
        ("0600 PT", "sv", "0600"),
    ];
    for (source, locale, translation) in read {
        assert!(
            !gist_of(("en", source)).agrees(|| gist_of((locale, translation))),
            "{source:?} and {locale} {translation:?}"
        );
    }
}

#[test]
fn comparison_is_symmetric() {
    assert!(differences(("ja", "3億7,500万"), ("de", "375 Millionen")).is_empty());
    assert!(differences(("sv", "dygnet runt"), ("fr", "24h/24, 7j/7")).is_empty());
    assert_eq!(differences(("fr", "17 h 30"), ("de", "17:00 Uhr")), ["ServiceLevel: 17:00 here; 17:30"]);
}
