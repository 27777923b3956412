//! Numbers that only one side has as text, and that are not a difference.

use crate::support::Tree;

/// A page that contains this text.
fn page(text: &str) -> String {
    format!("# Tidewater\n\nTidewater 7 reads OAuth2.\n\n{text}\n")
}

/// The messages about a sentence and its translation.
fn messages(locale: &str, source: &str, translation: &str) -> Vec<String> {
    let tree = Tree::new(&[("en/page.md", page(source)), (&format!("{locale}/page.md"), page(translation))]);
    let run = tree.isogloss(&["check", "--no-history", "--format", "json", "en=en", &format!("{locale}={locale}")]);
    let report = run.json();
    report["findings"].as_array().unwrap().iter().map(|it| it["message"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_number_may_be_code_on_one_side() {
    let code = "Set the limit to `3`, or to `10.5`.";
    assert_eq!(messages("sv", code, "Sätt gränsen till 3, eller till 10,5."), [""; 0]);
    assert_eq!(messages("sv", code, "Sätt gränsen till 3, eller till 11,5."), ["11.5 here, no counterpart in English"]);
    // The unit is text on both sides.
    assert_eq!(messages("sv", "Wait for `60` seconds.", "Vänta i 60 sekunder."), [""; 0]);
    let spans = ("`60` times, every 30 seconds", "`60` gånger, var 60:e sekund");
    assert_eq!(messages("sv", spans.0, spans.1).len(), 1);
    assert_eq!(messages("sv", code, "Sätt gränsen till 3, eller till `10.5`."), [""; 0]);
    assert_eq!(messages("sv", "It listens on port 8080.", "Det lyssnar på port `8080`."), [""; 0]);
    assert_eq!(
        messages("sv", "It listens on port 8080.", "Det lyssnar på port `80`."),
        ["8080 in English, missing here"]
    );
    assert_eq!(messages("sv", "Move on from `<= v1.19.0`.", "Gå vidare från <= v1.19.0."), [""; 0]);
    assert_eq!(
        messages("sv", "Move on from `<= v1.19.0`.", "Gå vidare från <= v1.18.0."),
        ["version 1.18.0 here, no counterpart in English"]
    );
}

#[test]
fn a_name_may_replace_it() {
    let source = "It also reads keys.";
    assert_eq!(messages("de", source, "OAuth2 liest auch Schlüssel."), [""; 0]);
    // Translators name what they explain, and leave names out.
    assert_eq!(messages("de", source, "OAuth3 liest auch Schlüssel."), [""; 0]);
    assert_eq!(messages("de", "OAuth2 reads keys too.", "Auch Schlüssel."), [""; 0]);
    assert_eq!(
        messages("de", "OAuth2 reads keys too.", "OAuth3 liest auch Schlüssel."),
        ["OAUTH3 here, OAUTH2 in English"]
    );
    assert_eq!(messages("de", "See TIDE-4711.", "Siehe unten."), ["TIDE-4711 in English, missing here"]);
}

#[test]
fn small_numbers_may_be_words_in_a_language_without_data() {
    assert_eq!(messages("yo", "It keeps 2 copies.", "Ó ń pa ẹ̀dà méjì mọ́."), [""; 0]);
    assert_eq!(messages("yo", "It keeps 200 copies.", "Ó ń pa ẹ̀dà mọ́."), ["200 in English, missing here"]);
    assert_eq!(messages("sv", "It keeps 2 copies.", "Det behåller kopior."), ["2 in English, missing here"]);
    // The same with the sides swapped.
    let tree = Tree::new(&[("yo/page.md", page("Ó ń pa ẹ̀dà méjì mọ́."))]);
    let check = |text: &str| {
        tree.write("en/page.md", page(text));
        let run = tree.isogloss(&["check", "--no-history", "--source", "yo", "--format", "json", "yo=yo", "en=en"]);
        run.findings().len()
    };
    assert_eq!([check("It keeps 2 copies."), check("It keeps 200 copies.")], [0, 1]);
}

#[test]
fn many_differences_in_a_text_are_one_finding() {
    let source = "Pump 21 runs for 31 days, pump 22 for 32, pump 23 for 33.";
    let translation = "Pumpe 41 läuft 51 Tage, Pumpe 42 52, Pumpe 43 53.";
    let found = messages("de", source, translation);
    assert_eq!(found, ["41 here, 21 in English; 4 more differ in this text", "51 days here, 31 days in English"]);
    // What changed is named before what was lost.
    let lost = messages("de", "Pumps 21, 22 and 300.", "Pumpen 21 und 23.");
    assert_eq!(lost, ["23 here, 22 in English; 1 more differs in this text"]);
}

#[test]
fn marks_without_their_meaning_are_no_numbers() {
    // The footnote was lost with the end of the page, and a platform left numbers in place of tags.
    assert_eq!(messages("tr", "It keeps copies.", "Kopyaları saklar.[^2]"), [""; 0]);
    assert_eq!(messages("it", "It **keeps** copies.", "<1>Conserva</1> copie < 3 >."), [""; 0]);
    assert_eq!(
        messages("it", "<summary>It keeps copies.</summary>", "<summary><0>Conserva</0> copie.<2></summary>"),
        [""; 0]
    );
}

#[test]
fn descriptions_of_images_are_worded_freely() {
    let images = ("It keeps copies ![14 boxes, 3 of them open](a.png)", "Es behält Kopien ![Kisten](a.png)");
    assert_eq!(messages("de", images.0, images.1), [""; 0]);
    let text = ("It keeps 14 copies ![14 boxes](a.png)", "Es behält 15 Kopien ![14 Kisten](a.png)");
    assert_eq!(messages("de", text.0, text.1), ["15 here, 14 in English"]);
}

#[test]
fn text_in_the_language_of_the_source_is_not_a_translation() {
    let source = "Tidewater keeps 14 copies of each file in a folder of its own.";
    let older = "Tidewater keeps 12 copies of each file in a folder.";
    assert_eq!(messages("ar", source, older), [""; 0]);
    let quoted = "Nach „a four minute 17 second break“ bleiben 12 Dateien.";
    let found = messages("de", "After “a four minute 17 second break”, 14 files remain.", quoted);
    assert_eq!(found, ["12 here, 14 in English"]);
}

#[test]
fn attributes_with_a_space_are_no_text() {
    let heading = r#"## Tides ![icon](a.png){: style="height:80px;width:80px" align="right"}"#;
    assert_eq!(messages("fa", heading, "## جزر و مد"), [""; 0]);
}

#[test]
fn what_moved_to_a_block_nearby_is_not_missing() {
    let source = "- One lamp burns for 30 days.\n- Another one burns for 60 days.\n- The third one is out.";
    let reordered = "- Eine Lampe brennt 60 Tage.\n- Eine andere brennt 30 Tage.\n- Die dritte ist aus.";
    assert_eq!(
        messages("de", source, reordered),
        ["60 days here, 30 days in English", "30 days here, 60 days in English"]
    );
    let source = "A lamp burns for 30 days. Made in 2031 by the guild.";
    let split = "Eine Lampe brennt 30 Tage.\n\nHergestellt 2031 von der Gilde.";
    let found = messages("de", source, split);
    assert!(found.iter().all(|message| !message.contains("2031 in English")), "{found:?}");
}

#[test]
fn a_number_of_a_name_and_an_added_year_are_informational() {
    let severities = |source: &str, translation: &str| {
        let tree = Tree::new(&[("en/page.md", page(source)), ("de/page.md", page(translation))]);
        let run = tree.isogloss(&["check", "--no-history", "--format", "json"]);
        let findings = run.json()["findings"].as_array().unwrap().clone();
        findings.iter().map(|it| it["severity"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(severities("It needs a Lamp 3 to burn.", "Es braucht eine Lampe."), ["info"]);
    assert_eq!(severities("It needs the 3 lamps to burn.", "Es braucht die Lampen."), ["warning"]);
    assert_eq!(severities("It needs a lamp.", "Es braucht seit 2031 eine Lampe."), ["info"]);
    assert_eq!(severities("It opens on 5 May 2031.", "Es öffnet am 5. Mai."), ["info"]);
    assert_eq!(severities("It opens on 5 May 2031.", "Es öffnet am 6. Mai."), ["error"]);
}

#[test]
fn what_the_source_is_suspected_of_hides_nothing_else_in_the_text() {
    let tree = Tree::new(&[
        ("en/page.md", page("Pump 21 has 31 valves.")),
        ("de/page.md", page("Pumpe 22 hat 41 Ventile.")),
        ("fr/page.md", page("La pompe 22 a 31 vannes.")),
        ("es/page.md", page("La bomba 22 tiene 31 válvulas.")),
    ]);
    let report = tree.isogloss(&["check", "--no-history", "--source", "en", "--format", "json"]).json();
    let messages: Vec<&str> =
        report["findings"].as_array().unwrap().iter().map(|it| it["message"].as_str().unwrap()).collect();
    assert_eq!(messages, ["41 here, 31 in English", "21 here, 22 in 3 other languages, which agree"]);
}
