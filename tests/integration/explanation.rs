//! `check --explain`.

use crate::support::Tree;

fn explanation(english: &str, german: &str) -> Vec<String> {
    let page = |text: &str| format!("# Tidewater\n\n{text}\n");
    let tree = Tree::new(&[("en/page.md", page(english)), ("de/page.md", page(german))]);
    let run = tree.isogloss(&["check", "--no-history", "--explain", "--format", "json"]);
    let report = run.json();
    let sentences = report["findings"][0]["data"]["explanation"].as_array().unwrap();
    sentences.iter().map(|it| it.as_str().unwrap().to_owned()).collect()
}

#[test]
fn an_explanation_names_readings_and_what_has_no_counterpart() {
    let changed = explanation("Copies stay for 30 days.", "Kopien bleiben 20 Tage.");
    assert_eq!(
        changed,
        [
            "source: “30 days” parsed as 30 days (duration, in digits)",
            "translation: no counterpart for 30",
            "translation: “20 Tage” parsed as 20 days (duration, in digits)",
            "source: no counterpart for 20",
            "source: “#days” has no counterpart on 0 of 1 page",
            "translation: “#tage” has no counterpart on 0 of 1 page",
        ]
    );
    let certain = explanation("Copies stay for 30 days.", "Kopien bleiben 30 Stunden.");
    assert_eq!(certain[2], "the digits agree, but what they count does not");
    let lost = explanation("Copies stay for 30 days.", "Kopien bleiben.");
    assert_eq!(lost[2], "translation: every number has a counterpart already, and no word matches");
}

#[test]
fn without_the_flag_there_is_none() {
    let tree = Tree::new(&[("en/page.md", "Wait 30 days.\n"), ("de/page.md", "Warten Sie 20 Tage.\n")]);
    let report = tree.isogloss(&["check", "--no-history", "--format", "json"]).json();
    assert!(report["findings"][0]["data"].get("explanation").is_none(), "{report}");
}
