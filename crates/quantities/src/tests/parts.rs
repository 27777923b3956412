//! Tables of fractions, powers and round numbers in words, faces, and versions with a wildcard.

use super::charity::{assert_agree, assert_differ};
use super::reading::check;

#[test]
fn halves_are_fifty_per_cent() {
    let halves = [
        ("ar", "نصف المستخدمين"),
        ("bn", "ব্যবহারকারীদের অর্ধেক"),
        ("ca", "la meitat dels usuaris"),
        ("cs", "polovinu uživatelů"),
        ("de", "die Hälfte der Benutzer"),
        ("el", "οι μισοί ή μισά"),
        ("es", "la mitad de los usuarios"),
        ("et", "pooled kasutajad"),
        ("eu", "erabiltzaileen erdiak"),
        ("fa", "نیمی از کاربران"),
        ("fi", "puolet käyttäjistä"),
        ("fr", "la moitié des utilisateurs"),
        ("he", "מחצית מהמשתמשים"),
        ("hi", "आधे उपयोगकर्ता"),
        ("hu", "a felhasználók felét"),
        ("id", "separuh pengguna"),
        ("ja", "ユーザーの半数"),
        ("ko", "사용자의 절반"),
        ("ml", "പകുതി"),
        ("nl", "de helft van de gebruikers"),
        ("pl", "połowę użytkowników"),
        ("pt", "metade dos usuários"),
        ("ro", "jumătate dintre utilizatori"),
        ("ru", "половиной пользователей"),
        ("te", "సగం"),
        ("th", "ครึ่งหนึ่งของผู้ใช้"),
        ("tr", "kullanıcıların yarısı"),
        ("uk", "половині користувачів"),
        ("vi", "một nửa người dùng"),
        ("zh", "一半的用户"),
        ("zh", "半数用户"),
        ("zh-Hant", "半數使用者"),
    ];
    for (locale, translation) in halves {
        assert_agree(&[("50% of the users", locale, translation)]);
        assert_differ(&[("70% of the users", locale, translation)]);
    }
    assert_agree(&[
        ("more than 50%", "zh", "一半以上"),
        ("25% of the rows", "fr", "un quart des lignes"),
        ("2/3 of the rows", "de", "zwei Drittel der Zeilen"),
        ("1/3 of the rows", "es", "un tercio de las filas"),
        ("75% of the rows", "sv", "tre fjärdedelar av raderna"),
    ]);
    assert_differ(&[("2/3 of the rows", "de", "drei Viertel der Zeilen")]);
}

#[test]
fn powers_have_words() {
    assert_agree(&[
        ("x to the power 3", "es", "x al cubo"),
        ("x to the power 3", "pt", "x ao cubo"),
        ("x to the power 3", "pl", "x do sześcianu"),
        ("x to the power 3", "ru", "x в кубе"),
        ("x to the power 2", "es", "x al cuadrado"),
        ("x to the power 2", "pl", "x do kwadratu"),
        ("x to the power 2", "de", "x im Quadrat"),
        ("x to the power 2", "cs", "x na druhou"),
        ("x cubed", "de", "x hoch 3"),
        ("x squared", "fr", "x puissance 2"),
    ]);
    assert_differ(&[("x to the power 3", "es", "x al cuadrado"), ("x to the power 2", "pl", "x do sześcianu")]);
}

#[test]
fn faces_are_no_ratios() {
    check(&[
        ("en", "Have fun :3", ""),
        ("en", "Have fun :1, and more", ""),
        ("en", "4.5 :1 and 4.5:1", "number 4.5; ratio :1; ratio 4.5:1"),
    ]);
    assert_agree(&[("Have fun :3", "fr", "Amusez-vous bien")]);
    assert_differ(&[("At least 3:1", "fr", "Au moins 4:1")]);
}

#[test]
fn round_numbers_have_nouns() {
    assert_agree(&[
        ("around 100 pages", "es", "un centenar de páginas"),
        ("around 100 pages", "fr", "une centaine de pages"),
        ("around 10 pages", "fr", "une dizaine de pages"),
        ("around 12 pages", "de", "ein Dutzend Seiten"),
        ("around 100 pages", "ru", "около сотни страниц"),
        ("around 10 pages", "ru", "около десятка страниц"),
        ("around 100 pages", "pl", "około setki stron"),
        ("around 10 pages", "pl", "około dziesiątki stron"),
        ("around 100 pages", "pt", "cerca de uma centena de páginas"),
        ("around 100 pages", "it", "un centinaio di pagine"),
        ("around 10 pages", "it", "una decina di pagine"),
        ("around 200 pages", "fr", "deux centaines de pages"),
        ("the thousand separator", "ja", "3桁ごとの区切り"),
    ]);
    assert_differ(&[
        ("around 100 pages", "fr", "une dizaine de pages"),
        ("around 300 pages", "fr", "deux centaines de pages"),
        ("around 10 pages", "it", "un centinaio di pagine"),
    ]);
}

#[test]
fn third_parties_are_not_counted() {
    let parties = ["3rd party apps", "third-party apps", "apps of third parties"];
    for source in parties {
        assert_agree(&[(source, "zh", "第 3 方应用"), (source, "zh", "第三方应用"), (source, "de", "fremde Apps")]);
    }
    assert_agree(&[("external apps", "zh", "第 3 方应用"), ("external apps", "ko", "제3자 앱")]);
    assert_differ(&[("the 4th chapter", "zh", "第 3 章")]);
}

#[test]
fn a_wildcard_in_a_version_is_optional() {
    check(&[
        ("ko", "9.2.0-20이라면", "version 9.2.0-20"),
        ("ja", "9.2.0-20なら、v3.xでは", "version 9.2.0-20; version 3.x"),
        ("zh", "v3.x版本，3.x版本", "version 3.x; version 3.x"),
    ]);
    assert_agree(&[
        ("since version 3.x", "fr", "depuis la version 3,x"),
        ("since 3.x", "de", "seit v3"),
        ("since v3", "de", "seit 3.x"),
        ("since v3.1.x", "de", "seit 3.1"),
    ]);
    assert_differ(&[("since version 3.x", "fr", "depuis la version 4,x"), ("since 3.x", "de", "seit 3.1")]);
}
