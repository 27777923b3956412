//! Tables of powers of ten, in words and in letters.

use super::comparing::{assert_same, differences};
use super::reading::check;
use super::*;

#[test]
fn powers_of_ten_are_read_in_all_cases() {
    check(&[
        ("cs", "po 1 miliardě řádků, s 3 miliony, 3,5 milionu", "number 1000000000; number 3000000; number 3500000"),
        ("sk", "po 1 miliarde riadkov, päť miliónov", "number 1000000000; number 5000000"),
        ("uk", "1 мільярду рядків, двом мільйонам", "number 1000000000; number 2000000"),
        ("be", "5 мільёнам", "number 5000000"),
        ("bg", "5 милиона, няколко милиарди", "number 5000000; number 1000000000"),
        ("sr", "5 милиону, 2 милијарду", "number 5000000; number 2000000000"),
        ("hr", "1 milijardu redaka", "number 1000000000"),
        ("sl", "1 milijardi vrstic, 3 milijone", "number 1000000000; number 3000000"),
        ("lt", "1 milijardui eilučių, 5 milijonus", "number 1000000000; number 5000000"),
        ("lv", "1 miljardam rindu", "number 1000000000"),
        ("et", "1 miljardile reale", "number 1000000000"),
        ("hu", "1 milliárdot, 5 milliónál", "number 1000000000; number 5000000"),
        ("el", "5 εκατομμυρίων, 2 δισεκατομμυρίων", "number 5000000; number 2000000000"),
        ("he", "לכמיליארד, 5 מיליון, למיליארד", "number 5000000; number 1000000000"),
        ("ar", "ملياري صف، 5 ملايين، مليوني صف", "number 2000000000; number 5000000; number 2000000"),
        ("fa", "5 میلیون, 2 میلیارد", "number 5000000; number 2000000000"),
        ("ur", "5 ارب, 2 ملین", "number 5000000000; number 2000000"),
        (
            "hi",
            "5 मिलियन, 2 बिलियन, 3 अरब, 7 हजार",
            "number 5000000; number 2000000000; number 3000000000; number 7000",
        ),
        ("mr", "5 अब्ज, 2 दशलक्ष", "number 5000000000; number 2000000"),
        ("ne", "5 मिलियन, 2 अर्ब, 3 करोड", "number 5000000; number 2000000000; number 30000000"),
        ("bn", "5 মিলিয়ন, ২ বিলিয়ন", "number 5000000; number 2000000000"),
        ("ta", "5 பில்லியன், ஐந்து மில்லியன்", "number 5000000000; number 5000000"),
        ("fil", "5 bilyong linya, 4 na milyon", "number 5000000000; number 4000000"),
        ("ro", "20 de milioane", "number 20000000"),
        ("th", "5 ล้านล้าน, 2 พันล้าน", "number 5000000000000; number 2000000000"),
        ("sw", "milioni 1, bilioni 2.5, milioni mbili", "number 1000000; number 2500000000; number 2000000"),
        ("si", "මිලියන 5", "number 5000000"),
    ]);
}

#[test]
fn letters_with_nukta_have_two_spellings() {
    check(&[
        ("hi", "5 करोड\u{93c}, 5 करो\u{95c}, 5 करोड", "number 50000000; number 50000000; number 50000000"),
        ("bn", "5 মিলি\u{9af}\u{9bc}ন, 5 মিলি\u{9df}ন", "number 5000000; number 5000000"),
    ]);
}

#[test]
fn numerals_without_spaces() {
    check(&[
        ("zh", "一千万行，五千万，2 千万，2千万", "number 10000000; number 50000000; number 20000000; number 20000000"),
        ("zh", "五万一千，一万", "number 51000; number 10000"),
        ("ja", "2千万件、一千万件", "number 20000000; number 10000000"),
        ("zh", "千兆以太网，万兆网卡，千万不要", ""),
        ("ja", "兆候、億劫", ""),
        ("ko", "조사하세요, 서부, 억지로", ""),
        ("ko", "3조 5천억, 2천만, 만 명", "number 3500000000000; number 20000000; number 10000"),
        // Vague, and so optional.
        ("zh", "一两句话，三四行，两三百个，三四天", ""),
        ("ja", "二三日、数十秒、何百時間", ""),
        ("zh", "几十秒，数百小时，三五天", ""),
        ("ko", "한두 개, 두세 시간", ""),
        ("zh", "十二个，二十三天", "number 12; duration P23D"),
    ]);
    let found: Vec<String> = reader("ko").read("두세 시간").iter().map(show).collect();
    assert_eq!(found, ["duration PT2H", "duration PT3H"]);
}

#[test]
fn money_has_powers_of_ten() {
    check(&[
        ("en", "$1.25 million, $5B", "currency 1250000 USD; currency 5000000000 USD"),
        ("hi", "$125 मिलियन, $1.25 बिलियन", "currency 125000000 USD; currency 1250000000 USD"),
        ("ta", "$2 மில்லியன்", "currency 2000000 USD"),
        ("bn", "$3 বিলিয়ন", "currency 3000000000 USD"),
        ("mr", "$3 अब्ज", "currency 3000000000 USD"),
    ]);
}

#[test]
fn capital_letters_after_digits_are_names() {
    check(&[
        ("en", "Board 4B, Chip 750G, 1G of memory", "identifier 4B; identifier 750G; identifier 1G"),
        ("zh", "5G 网络", "identifier 5G"),
        ("en", "10K users, 1.2B, 512 B, 20 g", "number 10000; number 1200000000; size 512 B; mass 20 g"),
    ]);
    assert_same(&[
        ("Board 4B", "de", "Platine 4B"),
        ("10K users", "fr", "10 000 utilisateurs"),
        ("a model of 7B parameters", "fr", "un modèle de 7 milliards de paramètres"),
    ]);
    for translation in ["Platine 5B", "Platine 4C"] {
        assert_eq!(differences(("en", "Board 4B"), ("de", translation)).len(), 1, "{translation}");
    }
}

#[test]
fn products_are_exact() {
    check(&[
        ("zh", "8.29万像素、829万像素", "measure 82900 px; measure 8290000 px"),
        (
            "en",
            "8.29 million pixels, 1.1 ms, $1.13 million",
            "measure 8290000 px; duration PT0.0011S; currency 1130000 USD",
        ),
        ("ja", "1.15億円", "currency 115000000 JPY"),
    ]);
}

#[test]
fn pixels_and_megapixels_are_the_same_unit() {
    check(&[
        ("en", "8 megapixels, 8MP, 5 mp", "measure 8 MP; measure 8 MP; number 5"),
        ("ja", "800万画素", "measure 8000000 px"),
        ("ko", "8메가픽셀, 800만 화소", "measure 8 MP; measure 8000000 px"),
        ("ru", "8 мегапикселей", "measure 8 MP"),
    ]);
    assert_same(&[
        ("8MP", "zh", "800 万像素"),
        ("an 8 megapixel camera", "ja", "800万画素のカメラ"),
        ("8.3 megapixels", "ko", "830만 화소"),
    ]);
    assert_eq!(differences(("en", "8 megapixels"), ("zh", "80 万像素")).len(), 1);
}
