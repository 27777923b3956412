//! Tables of words that are numbers, months or units only in some places.

use super::charity::{assert_agree, assert_differ};
use super::reading::check;

#[test]
fn pounds_are_money_or_a_mass() {
    assert_agree(&[
        ("It cost 20 million pounds.", "zh", "它花费了 2000 万英镑。"),
        ("It cost 20 million pounds.", "zh", "它花费了两千万英镑。"),
        ("It cost 20 million pounds.", "ja", "費用は 2,000 万ポンドでした。"),
        ("It weighs 20 pounds.", "de", "Es wiegt 20 Pfund."),
        ("It cost £20 million.", "es", "Costó 20 millones de libras."),
        ("It cost 20 million pounds.", "fr", "Cela a coûté 20 millions de livres."),
        ("It cost 20 million pounds.", "de", "Es hat 20 Millionen Pfund gekostet."),
        ("It cost 20 million pounds.", "ru", "Это стоило 20 млн фунтов."),
    ]);
    assert_differ(&[
        ("It cost 20 million pounds.", "zh", "它花费了 200 万英镑。"),
        ("It cost 20 million pounds.", "ja", "費用は 3,000 万ポンドでした。"),
    ]);
}

#[test]
fn numbers_of_several_parts_have_spaces() {
    check(&[
        ("ja", "17 万 5 千件、20 万 8 千以上", "number 175000; number 208000"),
        ("zh", "17 万 5 千个，3 亿 4000 万行", "number 175000; number 340000000"),
        ("ko", "3억 7,500만 명", "number 375000000"),
        ("ja", "10 万 5 分", "number 100000; duration PT5M"),
    ]);
    assert_agree(&[("175,000 orders", "ja", "17 万 5 千件の注文"), ("more than 208,000", "ja", "20 万 8 千以上")]);
    assert_differ(&[("175,000 orders", "ja", "17 万 6 千件の注文")]);
}

#[test]
fn a_sign_for_hours_is_also_when() {
    check(&[
        ("zh", "小于 256 时", "number 256"),
        ("zh", "当该数字低于 20 时，达到 90 时", "number 20; number 90"),
        ("zh", "14 时 30 分，上午 9 时", "time 14:30; time 09:00"),
        ("zh", "3 小时，3 个小时", "duration PT3H; duration PT3H"),
    ]);
    assert_agree(&[
        ("when it is less than 256", "zh", "小于 256 时"),
        ("when it is less than 256", "zh-Hant", "小於 256 時"),
        ("at 9:15 am", "zh-Hant", "上午 9 時 15 分"),
        ("when the load reaches 90%", "zh", "当负载达到 90% 时"),
        ("at 2 pm", "zh", "14 时"),
        ("from 9 am to 5 pm", "zh", "9 时至 17 时"),
    ]);
    assert_differ(&[("when it is less than 256", "zh", "小于 265 时"), ("at 2:30 pm", "zh", "14 时 20 分")]);
}

#[test]
fn points_are_of_any_kind() {
    check(&[("ja", "5 パーセントポイント、5%", "percent 5; percent 5")]);
    assert_agree(&[
        ("by 5 percentage points", "ja", "5 ポイント"),
        ("a font of 12 points", "ja", "12 ポイントのフォント"),
        ("a font of 12pt", "ja", "12 ポイントのフォント"),
        ("a score of 120", "ja", "120 ポイントのスコア"),
        ("the 3 key points", "ja", "3 つの重要なポイント"),
    ]);
    assert_differ(&[("by 5 percentage points", "ja", "6 ポイント"), ("a font of 12pt", "ja", "10 ポイントのフォント")]);
}

#[test]
fn abbreviated_months_are_often_words() {
    check(&[
        ("cs", "plán pro 2025, 5. pro. 2025", "number 2025; date 2025-12-05"),
        ("it", "un ago 2026, il 3 ago 2026", "number 2026; date 2026-08-03"),
        ("uk", "лист 2025 року, 3 лист. 2025", "date 2025; date 2025-11-03"),
        ("tr", "ara 10, 10 Ara 2025", "number 10; date 2025-12-10"),
        ("pt", "out 2025, 4 de out. de 2025", "number 2025; date 2025-10-04"),
        ("lt", "spalvos 5 kartus, 2031 m. spalio 5 d.", "number 5; date 2031-10-05"),
        ("tr", "bu aralıktaki, 10 Aralık 2025", "date 2025-12-10"),
        ("en", "May 2025, Mar 2025, Dec 5", "date 2025-05; date 2025-03; date --12-05"),
        ("cs", "květen 2025, 5. prosince 2025", "date 2025-05; date 2025-12-05"),
    ]);
    assert_agree(&[
        ("the plan for 2025", "cs", "plán pro 2025"),
        ("December 5, 2025", "cs", "5. pro 2025"),
        ("March 2025", "tr", "Mar 2025"),
        ("October 2025", "pt", "out 2025"),
        ("August 2026", "it", "ago 2026"),
        ("Sep 9, 2025", "ca", "9 set. 2025"),
    ]);
    assert_differ(&[
        ("October 2025", "pt", "set 2026"),
        ("October 5, 2025", "pt", "5 de set. de 2025"),
        ("the plan for 2025", "cs", "plán pro 2026"),
        ("December 5, 2025", "cs", "5. lis. 2025"),
    ]);
}

#[test]
fn number_words_that_are_other_words_need_a_unit() {
    check(&[
        ("fa", "این نه آن است", ""),
        ("fa", "نه ساعت", "duration PT9H"),
        ("fr", "un modèle neuf, neuf minutes", "duration PT9M"),
        ("it", "sei pronto, sei ore", "duration PT6H"),
        ("vi", "không có năm", ""),
        ("tr", "altı çizili, yüz tanıma, altı gün", "duration P6D"),
        ("ca", "un fitxer nou, nou minuts", "duration PT9M"),
        ("hi", "नौ, नौ दिन", "duration P9D"),
        ("sd", "سو", ""),
        ("pl", "set danych", ""),
        ("sl", "nič", ""),
        ("vi", "sau khi, sáu ngày", "duration P6D"),
        ("vi", "một trăm năm", "duration P100Y"),
        ("vi", "một trăm năm mươi", "number 150"),
        ("th", "สามารถ, สามวัน", "duration P3D"),
        ("sv", "filen readme md, 5 md", "number 5000000000"),
        ("tr", "on mesajı, on gün, on üç", "duration P10D; number 13"),
        ("it", "il tag meta", ""),
        ("es", "al menos una, ambos con una", ""),
    ]);
    assert_agree(&[("nine files", "fr", "neuf fichiers"), ("9 files", "fr", "neuf fichiers")]);
    assert_differ(&[("9 minutes", "fr", "sept minutes"), ("6 hours", "it", "sette ore")]);
}

#[test]
fn digits_are_no_counterparts_of_articles() {
    assert_agree(&[
        ("This is a machine with a label and 1 processor.", "zh", "这是一台有标签和 1 个处理器的机器。"),
        ("Create a route with 1 credit.", "zh", "创建带有 1 个配额的路由。"),
    ]);
    assert_differ(&[("This is a machine with a label and 4 processors.", "zh", "这是一台有标签和 1 个处理器的机器。")]);
}

#[test]
fn plural_powers_of_ten_follow_digits() {
    check(&[
        ("en", "2.8 millions applications, 3 billions, millions of rows", "number 2800000; number 3000000000"),
        ("en", "hundreds of thousands", ""),
    ]);
    assert_agree(&[("2.8 millions applications", "de", "2,8 Millionen Anwendungen")]);
    assert_differ(&[("2.8 millions applications", "de", "3,8 Millionen Anwendungen")]);
}
