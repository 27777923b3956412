//! Tables of texts, and what is read in them.

use super::*;

/// Checks each text, in its locale, against everything that is read in it, separated by `; `.
pub(super) fn check(table: &[(&str, &str, &str)]) {
    let wrong: Vec<String> = table
        .iter()
        .filter_map(|(locale, text, want)| {
            let got = read(locale, text).join("; ");
            (got != *want).then(|| format!("{locale} {text:?}: read {got:?}, want {want:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn numbers() {
    check(&[
        ("en", "12,567 files and 1 234 567 folders", "number 12567; number 1234567"),
        ("en", "2.313 and .76", "number 2.313; number 0.76"),
        ("en", "one hundred and six, twenty-one, 10K, 1.2b", "number 106; number 21; number 10000; number 1200000000"),
        ("en", "half a million; three dozen; minus five point five", "number 500000; number 36; number -5.5"),
        ("en", "dozens of files, two dozens of them", "number 24"),
        ("fr", "des dizaines de milliers, 5 millions", "number 5000000"),
        ("de", "Millionen Dateien in zwei Millionen Ordnern", "number 2000000"),
        ("en", "the 1990s; 90s", "number 1990; duration PT90S"),
        ("en", "Over 6 in 10 people", "number 6; number 10"),
        ("en-IN", "3,75,00,000", "number 37500000"),
        (
            "fr",
            "10 000 fichiers et 4,8 ; vingt et un ; quatre-vingt-quinze",
            "number 10000; number 4.8; number 21; number 95",
        ),
        ("fr", "deux cent deux mille", "number 202000"),
        ("fr-CH", "12'500", "number 12500"),
        ("de", "1.234.567,5 und einhundertneunundneunzig", "number 1234567.5; number 199"),
        ("de", "2 Mio. Dateien", "number 2000000"),
        ("de-CH", "1'000.50", "number 1000.5"),
        ("es", "dos mil millones; cincuenta y dos mil trescientos cuarenta y siete", "number 2000000000; number 52347"),
        ("es-MX", "1,234.5", "number 1234.5"),
        ("it", "duecentotrentadue", "number 232"),
        ("pt", "mil e duzentos", "number 1200"),
        ("nl", "tweehonderd", "number 200"),
        ("sv", "etthundratusen; 2 3000; 33", "number 100000; number 2; number 3000; number 33"),
        ("ja", "3億7,500万件、三億七千五百万件、１２個", "number 375000000; number 375000000; number 12"),
        ("ja", "四・八〇〇です", "number 4.8"),
        ("zh-Hans", "三亿七千五百万，两个文件", "number 375000000"),
        ("zh-Hant", "五億個", "number 500000000"),
        ("ko", "4천3백21개, 이십일조 삼백, 세 개", "number 4321; number 21000000000300; number 3"),
        ("ar", "٣٫٥", "number 3.5"),
        ("hi", "१२३", "number 123"),
    ]);
}

#[test]
fn abbreviated_magnitudes_and_fractions() {
    check(&[
        ("uk", "13 млн, 790 тис. файлів, 12 мільйонами", "number 13000000; number 790000; number 12000000"),
        ("pl", "5 tys. plików i 2 mln folderów", "number 5000; number 2000000"),
        ("cs", "3 mil. souborů", "number 3000000"),
        ("bn", "5 লাখ ফাইল", "number 500000"),
        ("en", "two-thirds of 1/2x", "number 0.6666666666666666; ratio 1:2"),
    ]);
}

#[test]
fn durations() {
    check(&[
        ("en", "2 hours, 1 business day, an hour and a half", "duration PT2H; duration P1BD; duration PT1.5H"),
        ("en", "a 30-minute wait, 1:00 minute", "duration PT30M; duration PT1M"),
        ("en", "5 to 10 minutes", "duration PT5M; duration PT10M"),
        ("en", "1 hour, 30 minutes", "duration PT1H30M"),
        ("en", "24 hours, 4 hours", "duration PT24H; duration PT4H"),
        ("fr", "deux heures et demie, 1 jour ouvré", "duration PT2.5H; duration P1BD"),
        ("de", "1,5 Stunden; in 3 Tagen; zwei Werktage", "duration PT1.5H; duration P3D; duration P2BD"),
        ("sv", "Två timmar; 3 arbetsdagar", "duration PT2H; duration P3BD"),
        ("ja", "4 時間、2営業日、3年半", "duration PT4H; duration P2BD; duration P3.5Y"),
        ("zh", "2 小时，1个工作日，三年半", "duration PT2H; duration P1BD; duration P3.5Y"),
        ("ko", "2시간 30분, 3영업일", "duration PT2H30M; duration P3BD"),
        // 十分 means "very" and 一時 "temporary", unless a unit follows.
        ("zh", "十分钟内，二十分钟后，十分清楚", "duration PT10M; duration PT20M"),
        ("zh", "一个半小时，两个半小时，3 个季度", "duration PT1.5H; duration PT2.5H; duration P9M"),
        ("ja", "一時間以内、十分間、一時停止、十分に", "duration PT1H; duration PT10M"),
        ("hu", "két óra, 2 óra", "duration PT2H; duration PT2H"),
        ("nl", "anderhalf uur, 1,5 uur", "duration PT1.5H; duration PT1.5H"),
        ("en", "between 1ms and 10s, 10s and 1 ms", "duration PT0.001S; duration PT10S; duration PT10.001S"),
        ("it", "0,01 g, 3 giorni", "mass 0.01 g; duration P3D"),
        ("ja", "1000年", "duration P1000Y"),
        ("ru", "5 минут", "duration PT5M"),
        ("pl", "3 dni, 2 dni robocze", "duration P3D; duration P2BD"),
        ("ro", "20 de minute", "duration PT20M"),
        ("fi", "5 arkipäivää", "duration P5BD"),
    ]);
}

#[test]
fn times() {
    check(&[
        ("en", "6 am – 5:30 pm", "time-range 06:00/17:30"),
        ("en", "from 11 am to 3", "time-range 11:00/15:00"),
        ("en", "at 2:00am, 0600 PT", "time 02:00; time 06:00"),
        ("en", "between 12:00 am and 11:59:59 pm", "time-range 00:00/23:59:59"),
        ("fr", "6 h 00 à 17 h 30; 15h20", "time-range 06:00/17:30; time 15:20"),
        ("fr", "entre 00 :00 et 00 :59", "time-range 00:00/00:59"),
        ("de", "9:00–17:00 Uhr, 17 Uhr", "time-range 09:00/17:00; time 17:00"),
        ("de", "am 30. April 2026", "date 2026-04-30"),
        ("es", "desde las 4:00 hasta las 7", "time-range 04:00/07:00"),
        ("sv", "9.00–17.30", "time-range 09:00/17:30"),
        ("sv", "06.00–17.00:30", "time-range 06:00/17:00:30"),
        ("sv", "efter :00 UTC", "time --:00"),
        ("nl", "van 9.00 tot 17.30 uur, tot 18.30 uur", "time-range 09:00/17:30; time 18:30"),
        ("nl", "8.30–12.00 uur, tussen 9.00 en 17.00 uur", "time-range 08:30/12:00; time-range 09:00/17:00"),
        ("de", "9.00–17.30 Uhr, um 8.15 Uhr", "time-range 09:00/17:30; time 08:15"),
        ("de", "3.10–3.12", "number 3.1; number 3.12"),
        ("nb", "kl. 9.30–17.00", "time-range 09:30/17:00"),
        ("it", "dalle 9.00 alle 18.30, ore 8.15", "time-range 09:00/18:30; time 08:15"),
        ("ja", "午前 9:00 ～午後 5:30、9時30分", "time-range 09:00/17:30; time 09:30"),
        ("zh-Hans", "上午 6:00 - 下午 5:30", "time-range 06:00/17:30"),
        ("ko", "오전 9시부터 오후 5시 30분까지", "time-range 09:00/17:30"),
        ("ko", "두 시에, 열두 시, 십이 시", "time 02:00; time 12:00; time 12:00"),
    ]);
}

#[test]
fn availability() {
    for (locale, text, want) in [
        ("en", "24x7", "24/7"),
        ("en", "24/7/365", "24/7"),
        ("en", "24 × 7 × 365", "24/7"),
        ("en", "24 hours a day, 7 days a week", "24/7"),
        ("en", "24/5", "24/5"),
        ("en", "8x5", "8/5"),
        ("fr", "24 h/24 et 7 j/7", "24/7"),
        ("fr", "24 heures sur 24 et 5 jours sur 7", "24/5"),
        ("de", "rund um die Uhr", "24/7"),
        ("de", "Rund um die Uhr, 365 Tage im Jahr", "24/7"),
        ("de", "rund um die Uhr während der Woche", "24/5"),
        ("es", "las 24 horas, los 7 días de la semana", "24/7"),
        ("it", "24 ore su 24, 7 giorni su 7", "24/7"),
        ("nl", "24 uur per dag, 7 dagen per week", "24/7"),
        ("pt", "24 horas por dia, 7 dias por semana", "24/7"),
        ("sv", "dygnet runt, alla arbetsdagar", "24/5"),
        ("ja", "24 時間年中無休", "24/7"),
        ("zh-Hans", "全天候", "24/7"),
        ("zh-Hans", "每周五天全天", "24/5"),
        ("ko", "연중무휴 24시간", "24/7"),
        ("pl", "całodobowo, 7 dni w tygodniu", "24/7"),
        ("ru", "круглосуточно, без выходных", "24/7"),
        ("da", "døgnet rundt, alle hverdage", "24/5"),
        ("ro", "24 de ore din 24, 7 zile din 7", "24/7"),
    ] {
        assert_eq!(read(locale, text), [format!("availability {want}")], "{locale} {text}");
    }
}

#[test]
fn availability_is_not_found_inside_other_words() {
    check(&[
        ("ja", "実施は月に 3 回まで、月の最終日は除く", "number 3"),
        ("ja", "月の 4 日間", "duration P4D"),
        ("es", "el 24/7/2027", "date 2027-07-24"),
        ("en", "parts 3/24/7", "number 3; number 24; number 7"),
    ]);
}

#[test]
fn dates() {
    check(&[
        ("en", "Nov 11, 2025 and 1st May 2024", "date 2025-11-11; date 2024-05-01"),
        ("en", "You may 5 times", "number 5"),
        ("en-US", "08/10/22", "date 0022-08-10"),
        ("en-GB", "08/10/2022", "date 2022-10-08"),
        ("fr", "mercredi 14 octobre 2025, 1er mai", "date 2025-10-14; date --05-01"),
        ("fr", "Avril 9 janvier 2024", "date 2024-04|01-09"),
        ("de", "14. Oktober 2025 und 1.12.2024", "date 2025-10-14; date 2024-12-01"),
        ("pt", "9 de janeiro de 2024", "date 2024-01-09"),
        ("sv", "oktober  8, 2024", "date 2024-10-08"),
        ("ja", "2025年10月9日、2020年", "date 2025-10-09; date 2020"),
        ("ja", "Tuesday March 24, 2026", "date 2026-03-24"),
        ("ko", "2024년 6월 18일", "date 2024-06-18"),
        ("es", "24/05/2027, 24/5/2027", "date 2027-05-24; date 2027-05-24"),
        ("en", "tested (Aug. 2021) and Sept. 9, 2021", "date 2021-08; date 2021-09-09"),
        ("ru", "в 2023 году, в апреле 2023 года, 2023 г.", "date 2023; date 2023-04; date 2023"),
        ("ru", "5 лет, 100 лет", "duration P5Y; duration P100Y"),
        ("uk", "у 2023 році, в квітні 2019 року", "date 2023; date 2019-04"),
        ("pl", "w 2023 roku, w kwietniu 2019 r.", "date 2023; date 2019-04"),
        ("cs", "v dubnu 2019", "date 2019-04"),
        ("bg", "през 2023 година", "date 2023"),
        ("hu", "2023 évi, 2023. évben", "date 2023; date 2023"),
        ("sr", "2023. године", "date 2023"),
        ("ko", "2023년", "date 2023"),
        ("zh", "2023 年，90年代", "date 2023; number 90"),
        ("hi", "एप्रिल 2023", "date 2023-04"),
        ("en", "0000-00-00 or 0000-00", "date 0000-00-00; date 0000-00"),
        ("en", "2024-05-14T10:00", "date 2024-05-14; time 10:00"),
    ]);
}

#[test]
fn amounts() {
    check(&[
        ("en", "99.9 %, twenty percent", "percent 99.9; percent 20"),
        ("zh", "百分之2.4，九成，75折", "percent 2.4; percent 90; percent 75"),
        ("ja", "6 割、百分の2", "percent 60; percent 2"),
        ("tr", "%100, yüzde otuz", "percent 100; percent 30"),
        ("en", "$3.86 million, USD 200, 50 €", "currency 3860000 USD; currency 200 USD; currency 50 EUR"),
        ("fr", "3,86 millions de dollars", "currency 3860000 USD"),
        ("ja", "3ドル5セント、35億円", "currency 3.05 USD; currency 3500000000 JPY"),
        ("en", "5 GB, 100 mb, 16-bit, 50 KiB", "size 5 GB; size 100 Mbit; size 16 bit; size 50 KiB"),
        ("fr", "5 Go", "size 5 GB"),
        ("en", "20 °C, 18pt (24px), 2.4 GHz", "temperature 20 °C; measure 18 pt; measure 24 px; frequency 2.4 GHz"),
        ("en", "4.5:1, 1024x768, 1/10th", "ratio 4.5:1; ratio 1024:768; ratio 1:10"),
        ("en", "the 3rd, the third", "ordinal 3; ordinal 3"),
        ("sv", "den tredje och femte", "ordinal 3; ordinal 5"),
        ("zh", "第 3 章", "ordinal 3"),
    ]);
}

#[test]
fn names_are_not_numbers() {
    check(&[
        ("en", "MC-43048 and RFC3986", "identifier MC-43048; identifier RFC3986"),
        ("en", "sync-2.4.7.patch", "identifier SYNC-2.4.7.PATCH"),
        ("en", "2.4.7-p3, v2.4, 11.x", "version 2.4.7-p3; version 2.4; version 11.x"),
        ("en", "2.4.0-2.4.3", "version 2.4.0; version 2.4.3"),
        ("ja", "Go1.23以上", "identifier GO1.23"),
        ("en", "see https://larkspur.example/v2/404 twice", ""),
        ("en", "PHP 8.4", "number 8.4"),
        ("en", "call (+1) 800 497 0335", "number 1; number 800; number 497; number 335"),
        ("en", "a third-party sync, 3rd party", ""),
    ]);
}

#[test]
fn quantities_are_described_in_words() {
    for (locale, text, want) in [
        ("sv", "06.00–17.00:30", "06:00 to 17:00:30"),
        ("ja", "1 営業日", "1 business day"),
        ("de", "1.234", "1234 or 1.234"),
        ("en", "2 hours", "2 hours"),
        ("en", "Python 3.10", "3.10"),
        ("fr", "9 janvier 2024", "9 January 2024"),
        ("en", "24x7", "24/7"),
        ("en", "99.9%", "99.9 %"),
    ] {
        let described: Vec<String> = reader(locale).read(text).iter().map(Quantity::describe).collect();
        assert_eq!(described, [want], "{locale} {text}");
    }
}

#[test]
fn languages_of_cldr_are_read() {
    check(&[
        ("af", "op 3 Oktober 2026, ná 45 minute", "date 2026-10-03; duration PT45M"),
        ("am", "7 ኦክቶበር 2026፣ 20 ደቂቃዎች", "date 2026-10-07; duration PT20M"),
        ("as", "৭ জানুৱাৰী ২০২৬, ১২ ঘণ্টা", "date 2026-01-07; duration PT12H"),
        (
            "az",
            "5 iyun 2026, 3 dəqiqə, iki saat, 5 min fayl",
            "date 2026-06-05; duration PT3M; duration PT2H; number 5000",
        ),
        ("be", "7 мая 2026, два тыдні", "date 2026-05-07; duration P2W"),
        ("bs", "9. januara 2026. i dvije sedmice", "date 2026-01-09; duration P2W"),
        ("cy", "4 Chwefror 2026, pum munud", "date 2026-02-04; duration PT5M"),
        ("et", "6. veebruar 2026, kahe nädala", "date 2026-02-06; duration P2W"),
        ("eu", "%45 eta 30 minutu", "percent 45; duration PT30M"),
        ("fil", "Hunyo 8, 2026, may 5 file, dalawang oras", "date 2026-06-08; number 5; duration PT2H"),
        ("ga", "8 Meitheamh 2026, 3 lá", "date 2026-06-08; duration P3D"),
        ("gl", "1 de xuño de 2026, 3 semanas", "date 2026-06-01; duration P3W"),
        ("gu", "૮ જૂન ૨૦૨૬, ૧૨ કલાક", "date 2026-06-08; duration PT12H"),
        ("hy", "8 հունիսի 2026, երկու ժամ", "date 2026-06-08; duration PT2H"),
        ("is", "8. júní 2026, tvær vikur", "date 2026-06-08; duration P2W"),
        ("ka", "8 ივნისი 2026, 15 წუთი", "date 2026-06-08; duration PT15M"),
        ("kk", "8 маусым 2026, екі апта", "date 2026-06-08; duration P2W"),
        ("km", "៨ មិថុនា ២០២៦, ៤៥ នាទី", "date 2026-06-08; duration PT45M"),
        ("kn", "೮ ಜೂನ್ ೨೦೨೬, ೧೨ ಗಂಟೆಗಳು", "date 2026-06-08; duration PT12H"),
        ("lo", "໘ ມິຖຸນາ ໒໐໒໖, ໔໕ ນາທີ", "date 2026-06-08; duration PT45M"),
        ("lv", "8. jūnijā, divas nedēļas", "date --06-08; duration P2W"),
        ("mk", "8 јуни 2026, две недели", "date 2026-06-08; duration P2W"),
        ("ml", "൮ ജൂൺ ൨൦൨൬, 3 മണിക്കൂർ", "date 2026-06-08; duration PT3H"),
        ("mr", "८ जून २०२६, ३ तास", "date 2026-06-08; duration PT3H"),
        ("ms", "8 Julai 2026, tiga jam, Mac 11", "date 2026-07-08; duration PT3H; number 11"),
        ("my", "၄၅ မိနစ်၊ ၃ ရက်", "duration PT45M; duration P3D"),
        ("ne", "८ जुन २०२६, ३ घण्टा", "date 2026-06-08; duration PT3H"),
        ("or", "୮ ଜୁନ ୨୦୨୬, ୩ ଘଣ୍ଟା", "date 2026-06-08; duration PT3H"),
        ("pa", "੮ ਜੂਨ ੨੦੨੬, ੩ ਘੰਟੇ", "date 2026-06-08; duration PT3H"),
        ("ps", "۸ جون ۲۰۲۶، ۳٫۵", "date 2026-06-08; number 3.5"),
        ("si", "8 ජූනි 2026, මිනිත්තු 5 පැය 3", "date 2026-06-08; number 5; number 3"),
        ("sq", "8 qershor 2026, dy javë", "date 2026-06-08; duration P2W"),
        // The unit comes first.
        ("sw", "8 Juni 2026, dakika 5 saa 3", "date 2026-06-08; number 5; number 3"),
        ("ta", "8 ஜூன் 2026, 3 நிமிடங்கள்", "date 2026-06-08; duration PT3M"),
        ("te", "౮ జూన్ ౨౦౨౬, ౩ గంటలు", "date 2026-06-08; duration PT3H"),
        ("ur", "۸ جون ۲۰۲۶، ۳ گھنٹے", "date 2026-06-08; duration PT3H"),
        ("uz", "8-iyun, 2026-yil, 3 daqiqa", "date 2026-06-08; duration PT3M"),
        ("zu", "3 amahora", "duration PT3H"),
    ]);
}

#[test]
fn common_words_are_no_numbers() {
    check(&[
        ("af", "een van hulle, nul-karakters", ""),
        ("az", "heç bir fayl, başqa bir ad", ""),
        ("cy", "Dim mis, pob un", ""),
        ("et", "lohista viit", ""),
        ("fil", "walang file, wala, may isang file", ""),
        ("ga", "gan cead, aon chomhad", ""),
        ("is", "ekki núll, eins og er", ""),
        ("ky", "эч бир файл", ""),
        ("ms", "fail kosong", ""),
        ("my", "နှစ်သက်", ""),
        ("sq", "një tjetër", ""),
    ]);
}

#[test]
fn words_do_not_end_before_marks() {
    check(&[
        ("hi", "दस दस्तावेज़ और अर्थात", "number 10"),
        ("gu", "સાત્વિક, 5 દિવસ", "duration P5D"),
        ("ne", "दस्तावेज, 3 दिन", "duration P3D"),
        ("lo", "5 ມື້", "duration P5D"),
    ]);
}

#[test]
fn regions_and_scripts_find_their_data() {
    for (locale, known) in [("zh-TW", true), ("nn", true), ("pt-BR", true), ("de-AT", true), ("fo", false)] {
        assert_eq!((reader(locale).has_data(), reader(locale).has_names()), (known, known), "{locale}");
    }
    for locale in ["eu", "gl", "kn", "my", "zu"] {
        assert!(reader(locale).has_names() && !reader(locale).has_data(), "{locale}");
    }
    for locale in ["uz-Cyrl", "pa-PK", "bs-Cyrl-BA"] {
        assert!(!reader(locale).has_names(), "{locale}");
    }
    assert_eq!(read("tl", "2 oras"), ["duration PT2H"]);
    assert_eq!(read("fo", "5 GB og 12:30"), ["size 5 GB", "time 12:30"]);
}

#[test]
fn long_runs_of_digits_take_linear_time() {
    for locale in ["en", "de", "fr", "ja"] {
        let text = format!("{}d, 5 GB", "9".repeat(40_000));
        let found: Vec<_> = reader(locale).read(&text).into_iter().map(|found| found.span.start).collect();
        // Whether the first number is the day depends on the locale.
        assert!(found.ends_with(&[40_003]) && found.len() <= 2, "{locale}: {found:?}");
    }
}
