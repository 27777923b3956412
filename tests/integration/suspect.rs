//! Where all translations differ from the source in the same way, the source is the suspect.

use camino::Utf8Path;
use isogloss::config::{Config, HistoryChoice, Root};
use isogloss::finding::Finding;
use isogloss::locale::Locale;

const PAGES: [(&str, &str); 3] = [
    ("en", "# Plans\n\nTidewater answers within 6 hours.\n\nWrite to the help desk.\n"),
    ("de", "# Pläne\n\nTidewater antwortet innerhalb von 4 Stunden.\n\nSchreiben Sie an die Hilfe.\n"),
    ("fr", "# Formules\n\nTidewater répond en 4 heures.\n\nÉcrivez à l’assistance.\n"),
];

fn check(pages: &[(&str, String)]) -> Vec<Finding> {
    let folder = tempfile::tempdir().unwrap();
    let base = Utf8Path::from_path(folder.path()).unwrap();
    let roots = pages.iter().map(|(locale, text)| {
        let path = base.join(locale);
        std::fs::create_dir(&path).unwrap();
        std::fs::write(path.join("plans.md"), text).unwrap();
        Root { locale: Locale::parse(locale), path }
    });
    let config = Config {
        roots: roots.collect(),
        source: Locale::parse("en"),
        history: HistoryChoice::Off,
        ..Config::default()
    };
    isogloss::check(&config, false).unwrap().findings
}

#[test]
fn the_odd_one_out_is_named_on_either_side() {
    let pages = PAGES.map(|(locale, text)| (locale, text.to_owned()));
    let told = check(&pages);
    let messages: Vec<&str> = told.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(messages, ["4 hours here and in 1 other language, 6 hours in English, which may be wrong"; 2]);
    assert!(told.iter().all(|finding| finding.data["suspect"] == "en"), "{told:?}");

    // One translation that differs by itself is at fault itself.
    let mut pages = pages;
    pages[2].1 = pages[2].1.replace('4', "6");
    let told = check(&pages);
    let messages: Vec<&str> = told.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(messages, ["4 hours here, 6 hours in English and 1 other language"]);
    assert!(!told[0].data.contains_key("suspect"));
}
