//! If all translations differ from the source in the same way, the source is probably wrong.

use camino::Utf8Path;
use isogloss::analysis::pins::HistoryChoice;
use isogloss::config::Config;
use isogloss::corpus::walk::Root;
use isogloss::finding::Finding;
use isogloss_text::Locale;

const PAGES: [(&str, &str); 4] = [
    ("en", "# Plans\n\nTidewater answers within 6 hours.\n\nWrite to the help desk.\n"),
    ("de", "# Pläne\n\nTidewater antwortet innerhalb von 4 Stunden.\n\nSchreiben Sie an die Hilfe.\n"),
    ("fr", "# Formules\n\nTidewater répond en 4 heures.\n\nÉcrivez à l’assistance.\n"),
    ("sv", "# Planer\n\nTidewater svarar inom 4 timmar.\n\nSkriv till supporten.\n"),
];

fn check(pages: &[(&str, String)]) -> Vec<Finding> {
    check_for(pages, &[])
}

/// The findings in documents of these locales, or all.
fn check_for(pages: &[(&str, String)], reported: &[&str]) -> Vec<Finding> {
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
    let reported: Vec<Locale> = reported.iter().filter_map(|locale| Locale::parse(locale)).collect();
    let config = Config { levels: config.levels.clone().restricted(&[], &[], &reported), ..config };
    isogloss::check(&config, false).unwrap().findings
}

const SUSPECT: &str = "6 hours here, 4 hours in 3 other languages, which agree";

fn pages() -> [(&'static str, String); 4] {
    PAGES.map(|(locale, text)| (locale, text.to_owned()))
}

fn messages(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(|finding| finding.message.as_str()).collect()
}

#[test]
fn the_odd_one_out_is_named_on_either_side() {
    let findings = check(&pages());
    assert_eq!(messages(&findings), [SUSPECT]);
    let finding = &findings[0];
    assert_eq!((finding.locale.as_str(), finding.range.start.line), ("en", 3));
    let related: Vec<_> = finding.related.iter().map(|it| (it.locale.as_str(), it.message.as_str())).collect();
    assert_eq!(related, [("de", "4 hours"), ("fr", "4 hours"), ("sv", "4 hours")]);
    assert_eq!(finding.data["suspect"], "en");
    assert_eq!(finding.data["against"], serde_json::json!(["de", "fr", "sv"]));

    // Two translations may have been made from an older source.
    let findings = check(&pages()[..3]);
    let said = "4 hours here and in 1 other language, 6 hours in English, which may be wrong";
    assert_eq!(messages(&findings), [said, said]);

    // If only one translation differs, the translation is wrong.
    let mut pages = pages();
    for page in &mut pages[2..] {
        page.1 = page.1.replace('4', "6");
    }
    let findings = check(&pages);
    assert_eq!(messages(&findings), ["4 hours here, 6 hours in English and 2 other languages"]);
    assert!(!findings[0].data.contains_key("suspect"));
}

#[test]
fn with_one_selected_locale_the_source_is_suspected_there() {
    let findings = check_for(&pages(), &["fr"]);
    assert_eq!(messages(&findings), ["4 hours here and in 2 other languages, 6 hours in English, which may be wrong"]);
    assert_eq!((findings[0].locale.as_str(), &findings[0].data["suspect"]), ("fr", &serde_json::json!("en")));
    assert_eq!(messages(&check_for(&pages(), &["en"])), [SUSPECT]);
}

#[test]
fn the_source_may_suppress_it() {
    let mut pages = pages();
    pages[0].1 =
        pages[0].1.replace("Tidewater", "<!-- isogloss-disable-next-line sla-mismatch they are right -->\nTidewater");
    assert_eq!(messages(&check(&pages)), [""; 0]);
}
