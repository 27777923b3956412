//! What languages say in their own way: halves of an hour, dozens, centuries, ranges of dates.

use super::charity::{assert_agree, differences};

fn assert_differ(table: &[(&str, &str, &str, &str)]) {
    for (source, locale, translation, expected) in table {
        let found = differences(("en", source), (locale, translation));
        assert_eq!(found, [*expected], "{source:?} and {locale} {translation:?}");
    }
}

#[test]
fn dates_share_months_and_years() {
    assert_agree(&[
        ("Drills run May 5–9, 2031.", "lt", "Pratybos vyks 2031 m. gegužės 5–9 d."),
        ("Drills run May 5–9, 2031.", "ko", "훈련은 2031년 5월 5일부터 9일까지입니다."),
        ("Drills run May 5–9, 2031.", "hu", "A gyakorlat 2031. május 5-től 9-ig tart."),
        ("Drills run May 5–9, 2031.", "he", "התרגיל נערך בין 5 ל-9 במאי 2031."),
        ("Drills run May 5–9, 2031.", "vi", "Diễn tập từ ngày 5 đến ngày 9 tháng 5 năm 2031."),
        ("Drills run May 5 to June 7, 2031.", "zh", "演习于2031年5月5日至6月7日进行。"),
        ("Drills in May and June 2031", "zh", "2031年5月和6月的演习"),
        ("Drills in August and October 2031", "fi", "Harjoitukset elo- ja lokakuussa 2031"),
        ("Drills in August 2031", "hu", "A 2031 augusztusában tartott gyakorlat"),
        ("Step 4 April 30, 2031: the drill", "de", "Schritt 4, 30. April 2031: die Übung"),
        ("Until June 8, 2031", "zh-Hant", "到民國 120 年 6 月 8 日"),
        ("Until June 8, 2031", "ja", "令和13年6月8日まで"),
        ("Until June 8, 2031", "th", "จนถึง 8 มิถุนายน พ.ศ. 2574"),
        ("Until June 8, 2031", "lv", "Līdz 2031. gada 8. jūnijam"),
        ("Until June 8, 2031", "kk", "2031 ж. 8 маусымға дейін"),
        ("Until June 8, 2031", "eu", "2031ko ekainaren 8ra arte"),
        ("Until June 8, 2031", "he", "עד 8 ביוני 2031"),
        ("Until June 8, 2031", "vi", "Đến ngày 8 tháng 6, 2031"),
    ]);
    assert_differ(&[
        ("Drills run May 5–9, 2031.", "lt", "Pratybos vyks 2031 m. gegužės 5–8 d.", "9 May 2031 -> 8 May 2031"),
        ("Drills run May 5–9, 2031.", "zh", "演习于2031年5月5日至8日进行。", "9 May 2031 -> 8 May 2031"),
        ("Drills run May 5–9, 2031.", "fr", "Exercices du 5 au 8 mai 2031.", "9 May 2031 -> 8 May 2031"),
        ("Drills in May and June 2031", "ja", "2031年5月と7月の訓練", "June 2031 -> July 2031"),
        ("Drills in May 2031", "hu", "A 2031 áprilisában tartott gyakorlat", "May 2031 -> April 2031"),
        ("Until June 8, 2031", "ja", "令和12年6月8日まで", "8 June 2031 -> 8 June 2030"),
    ]);
}

#[test]
fn parts_of_an_hour_have_words() {
    assert_agree(&[
        ("The pump starts at 7:30.", "de", "Die Pumpe startet um halb acht."),
        ("The pump starts at 7:30.", "sv", "Pumpen startar halv åtta."),
        ("The pump starts at 7:30.", "cs", "Čerpadlo se spustí v půl osmé."),
        ("The pump starts at 7:30.", "hu", "A szivattyú fél nyolckor indul."),
        ("The pump starts at 7:30.", "es", "La bomba arranca a las siete y media."),
        ("The pump starts at 7:30.", "hi", "पंप साढ़े सात बजे चलता है।"),
        ("The pump starts at 7:30.", "he", "המשאבה מופעלת בשבע וחצי."),
        ("The pump starts at 7:45.", "es", "La bomba arranca a las ocho menos cuarto."),
        ("The pump starts at half past seven.", "de", "Die Pumpe startet um 7:30 Uhr."),
        ("The pump starts at 8 pm.", "th", "ปั๊มเริ่มทำงานเวลา 2 ทุ่ม"),
        ("Every 15 minutes", "pl", "Co kwadrans"),
        ("Wait 30 minutes.", "lt", "Palaukite pusvalandį."),
        ("Wait 1.5 hours.", "mr", "दीड तास थांबा."),
        ("Every 2 weeks", "sv", "Varannan vecka"),
    ]);
    assert_differ(&[
        ("The pump starts at 7:30.", "de", "Die Pumpe startet um halb sieben.", "07:30 -> 06:30"),
        ("The pump starts at 7:30.", "nl", "De pomp start om half zeven.", "07:30 -> 06:30"),
        ("The pump starts at 8 pm.", "th", "ปั๊มเริ่มทำงานเวลา 3 ทุ่ม", "20:00 -> 21:00"),
        ("Wait 2.5 hours.", "it", "Attendere un'ora e mezza.", "2.5 hours -> 1.5 hours"),
        ("Wait 2.5 hours.", "pl", "Poczekaj półtorej godziny.", "2.5 hours -> 1.5 hours"),
    ]);
}

#[test]
fn centuries_and_decades_agree() {
    assert_agree(&[
        ("A wheel of the 1960s", "cs", "Kolo z 60. let 20. století"),
        ("A wheel of the 1960s", "nl", "Een wiel uit de jaren 60 van de 20e eeuw"),
        ("A wheel of the 18th century", "sv", "Ett hjul från 1700-talet"),
        ("A wheel of the 18th century", "fr", "Une roue du XVIIIe siècle"),
        ("A wheel of the late 90s", "es", "Una rueda de finales de los 90"),
    ]);
    assert_differ(&[
        ("A wheel of the 18th century", "sv", "Ett hjul från 1600-talet", "number 18 -> number 17"),
        ("A wheel of the late 90s", "es", "Una rueda de finales de los 80", "90 -> 80"),
    ]);
}

#[test]
fn signs_of_one_language_agree_with_words_of_another() {
    assert_agree(&[
        ("Get 30% off.", "ja", "3割引になります。"),
        ("Get 30% off.", "zh", "七折优惠。"),
        ("Pack 12 valves.", "th", "แพ็ควาล์วหนึ่งโหล"),
        ("A sheet of 30x40 cm", "es", "Una hoja de 30 por 40 cm"),
        ("An area of 12 m^2", "zh", "面积 12 平方米"),
        ("Valve 3 with a lid", "ru", "Клапан 3 с крышкой"),
        ("A 1-year plan", "pl", "Roczny plan"),
        ("Tickets cost $5–10.", "ru", "Билеты стоят 5–10 долларов."),
        ("The level is -5.", "zh", "液位为负5。"),
        (
            "Choose a colour: \u{fffc}. It is \u{fffc}, \u{fffc} or \u{fffc}.",
            "ja",
            "\u{fffc}、\u{fffc}、\u{fffc}の3種類です。",
        ),
    ]);
    assert_differ(&[
        ("Get 30% off.", "ja", "4割引になります。", "30 % -> 40 % off"),
        ("A sheet of 30x40 cm", "ru", "Лист 30 на 45 см", "30x40 -> 30x45"),
        ("Valve 3 with a lid", "sk", "Ventil 5 s vekom", "3 -> 5"),
        ("Two thirds of the valves", "zh", "四分之三的阀门", "0.6666666666666666 -> 3:4"),
        ("A 1-year plan", "fr", "Un forfait mensuel", "1 year -> -"),
        ("Tickets cost $5–10.", "pl", "Bilety kosztują 5–12 dolarów.", "10 USD -> 12 USD"),
        ("The level is -5.", "de", "Der Pegel ist 5.", "-5 -> 5"),
        ("Since v3.20", "pl", "Od wersji 3.2", "version 3.20 -> 3.2"),
        ("Set a non-zero level.", "hr", "Postavi razinu 1.", "0 -> 1"),
    ]);
}
