//! Findings that depend on a doubtful alignment are warnings with a confidence.

use serde_json::Value;

use crate::support::Tree;

const SERVICES: [&str; 10] =
    ["Anchor", "Buoy", "Cabin", "Delta", "Ferry", "Galley", "Harbour", "Island", "Jetty", "Keel"];

/// A table of services with similar rows, without some of them.
fn table(head: &str, without: &[&str]) -> String {
    let row = |(index, name): (usize, &&str)| {
        let sign = |power: u32| if ((index + 3) * 7) >> power & 1 == 0 { "✅" } else { "🚧" };
        let language = ["Go", "Rust", "Python", "Java"][(index * index + 1) % 4];
        format!("| {name} | {language} | {} | {} |\n", sign(0), sign(2))
    };
    let rows = SERVICES.iter().enumerate().filter(|(_, name)| !without.contains(name));
    format!("# Services\n\n{head}\n| --- | --- | --- | --- |\n{}", rows.map(row).collect::<String>())
}

fn findings(tree: &Tree) -> Vec<Value> {
    tree.isogloss(&["check", "--no-history", "--format", "json"]).json()["findings"].as_array().unwrap().clone()
}

#[test]
fn a_row_that_is_on_both_sides_is_never_surely_missing() {
    let english = table("| Service | Language | Logs | Traces |", &[]);
    for (index, first) in SERVICES[1..8].iter().enumerate() {
        for second in &SERVICES[index + 2..9] {
            let lost = [*first, *second];
            let french = table("| Service | Langage | Journaux | Traces |", &lost);
            let tree = Tree::new(&[("en/page.md", &english), ("fr/page.md", &french)]);
            let found = findings(&tree);
            assert!(!found.is_empty(), "{lost:?}");
            for finding in found {
                let message = finding["message"].as_str().unwrap();
                let is_there = !lost.iter().any(|name| message.contains(name));
                let is_doubtful = finding["data"]["confidence"].as_f64().unwrap() < 0.5;
                assert_eq!(message.contains("possibly missing"), is_doubtful, "{lost:?}: {message}");
                assert_eq!(finding["severity"] == "warning", is_doubtful, "{lost:?}: {message}");
                assert!(is_doubtful || !is_there, "{lost:?}: {message}");
            }
        }
    }
}

#[test]
fn what_other_translations_have_is_the_surer_to_be_lost() {
    let english = "# Sync\n\nIt keeps `a.txt` for 30 days.\n\nAsk your administrator.\n\nAsk the help desk.\n\nRun `sync stop`.\n";
    let french = "# Synchro\n\nElle garde `a.txt` 30 jours.\n\nDemandez au service d’aide.\n\nLancez `sync stop`.\n";
    let swedish = "# Synk\n\nDen behåller `a.txt` i 30 dagar.\n\nFråga administratören.\n\nFråga supporten.\n\nKör `sync stop`.\n";
    let confidence = |files: &[(&str, &str)]| {
        let found = findings(&Tree::new(files));
        let lost = found.iter().find(|finding| finding["rule"] == "missing-paragraph").unwrap();
        lost["data"]["confidence"].as_f64().unwrap()
    };
    let alone = confidence(&[("en/a.md", english), ("fr/a.md", french)]);
    let confirmed = confidence(&[("en/a.md", english), ("fr/a.md", french), ("sv/a.md", swedish)]);
    assert!(confirmed > alone && confirmed < 1.0, "{alone} {confirmed}");
}

#[test]
fn dates_of_entries_that_may_not_belong_together_are_doubtful() {
    let entry = |date: &str, text: &str| format!("### {date}\n\n{text}\n\n");
    let news = ["Tidewater copies faster.", "Folders can be packed.", "Guests get messages."];
    let english = format!(
        "# News\n\n{}",
        ["August 13", "August 12", "August 9"]
            .iter()
            .zip(news)
            .map(|(date, text)| entry(&format!("{date}, 2026"), text))
            .collect::<String>()
    );
    let page = |dates: [&str; 3]| {
        let texts = ["Tidewater kopierar snabbare.", "Mappar kan packas.", "Gäster får meddelanden."];
        format!(
            "# Nyheter\n\n{}",
            dates.iter().zip(texts).map(|(date, text)| entry(&format!("{date} 2026"), text)).collect::<String>()
        )
    };
    let severities = |swedish: &str| -> Vec<String> {
        let tree = Tree::new(&[("en/news.md", english.as_str()), ("sv/news.md", swedish)]);
        findings(&tree)
            .iter()
            .map(|finding| format!("{} {}", finding["rule"], finding["severity"]).replace('"', ""))
            .collect()
    };
    // Three older entries, paired in order.
    assert_eq!(severities(&page(["13 mars", "12 mars", "9 mars"])), ["date-mismatch warning"; 3]);
    // If only one date differs, it is wrong.
    assert_eq!(severities(&page(["13 augusti", "12 mars", "9 augusti"])), ["date-mismatch error"]);
}
