//! A paragraph that one side merged with the previous one is not missing, but one that was lost next to a long one is.

use crate::support::Tree;

/// Sentences and their translations, for pages to learn from.
const SENTENCES: [(&str, &str); 8] = [
    ("Tidewater copies your folders every night.", "Tidewater copie vos dossiers chaque nuit."),
    ("The harbour keeps the copies for a month.", "Le port garde les copies pendant un mois."),
    ("You can open a copy on any device.", "Vous pouvez ouvrir une copie sur tout appareil."),
    ("Folders that nobody opened are packed.", "Les dossiers que personne n’a ouverts sont compressés."),
    ("The owner gets a message about each change.", "Le propriétaire reçoit un message à chaque modification."),
    ("Guests see nothing but what was shared.", "Les invités ne voient que ce qui a été partagé."),
    ("A packed folder takes less room on the disk.", "Un dossier compressé prend moins de place sur le disque."),
    ("Every message names the device and the owner.", "Chaque message nomme l’appareil et le propriétaire."),
];

/// A page with one paragraph for each group of sentences.
fn page(groups: &[&[usize]], language: fn(&(&'static str, &'static str)) -> &'static str) -> String {
    let paragraph =
        |group: &&[usize]| group.iter().map(|&at| language(&SENTENCES[at])).collect::<Vec<_>>().join(" ") + "\n\n";
    format!("# Tidewater\n\n{}", groups.iter().map(paragraph).collect::<String>())
}

/// The findings on a page with these paragraphs, next to pages to learn from.
fn findings(english: &[&[usize]], french: &[&[usize]]) -> Vec<String> {
    findings_of(page(english, |pair| pair.0), page(french, |pair| pair.1))
}

/// The findings on a page, next to pages to learn from.
fn findings_of(english: String, french: String) -> Vec<String> {
    let tree = Tree::new::<&str>(&[]);
    let both = [
        ("en", english, (|pair| pair.0) as fn(&(&'static str, &'static str)) -> &'static str),
        ("fr", french, |pair| pair.1),
    ];
    for (locale, text, language) in both {
        tree.write(&format!("{locale}/page.md"), text);
        for turn in 0..12 {
            let order = [0, 1, 2, 3, 4, 5, 6, 7].map(|at| (at * 3 + turn) % 8);
            let groups: Vec<&[usize]> = order.iter().map(std::slice::from_ref).collect();
            tree.write(&format!("{locale}/{turn}.md"), page(&groups, language));
        }
    }
    tree.isogloss(&["check", "--format", "json", "--source", "en"]).findings()
}

#[test]
fn paragraphs_that_were_merged_are_all_there() {
    assert_eq!(findings(&[&[0, 1], &[2, 3], &[4, 5]], &[&[0, 1, 2, 3], &[4, 5]]), [""; 0]);
    assert_eq!(findings(&[&[0, 1, 2, 3], &[4, 5]], &[&[0, 1], &[2, 3], &[4, 5]]), [""; 0]);
    // The last of three is recognized at the end of the merged text.
    assert_eq!(findings(&[&[0], &[1, 6], &[2, 3], &[4, 5]], &[&[0, 1, 6, 2, 3], &[4, 5]]), [""; 0]);
}

#[test]
fn a_paragraph_that_was_lost_is_not_taken_for_merged() {
    assert_eq!(findings(&[&[0, 1], &[2, 3], &[4, 5]], &[&[0, 1], &[4, 5]]), ["fr/page.md:4 missing-paragraph"]);
    assert_eq!(
        findings(&[&[0, 1, 6, 7], &[2], &[4, 5]], &[&[0, 1, 6, 7], &[4, 5]]),
        ["fr/page.md:4 missing-paragraph"]
    );
}

#[test]
fn a_list_that_became_one_paragraph_is_there_and_so_are_its_numbers() {
    let list = (0..6).map(|at| format!("{}. {}\n", at + 1, SENTENCES[at].0)).collect::<String>();
    let one = (0..6).map(|at| format!("{}. {}", at + 1, SENTENCES[at].1)).collect::<Vec<_>>().join(" ");
    // A paragraph that starts with a number and a full stop would be a list.
    let english = format!("# Tidewater\n\n{}\n\n{list}\n{}\n", SENTENCES[6].0, SENTENCES[7].0);
    let french = format!("# Tidewater\n\n{}\n\nÉtapes : {one}\n\n{}\n", SENTENCES[6].1, SENTENCES[7].1);
    assert_eq!(findings_of(english.clone(), french.clone()), [""; 0]);
    // A different number is still reported.
    let french = french.replace("pendant un mois", "pendant 3 mois");
    assert_eq!(findings_of(english, french).len(), 1);
}

#[test]
fn of_two_paragraphs_that_face_one_the_likelier_is_its_translation() {
    let page = |mark: &str, at: [&str; 3]| format!("# Tidewater\n\n{}\n\n{mark}\n{}\n\n{}\n", at[0], at[1], at[2]);
    let english = page(">[!NOTE]\n>\n>", [0, 3, 6].map(|at| SENTENCES[at].0)).replace(">\n", ">");
    let french = page(">[ !Note]\n>\n>", [0, 3, 6].map(|at| SENTENCES[at].1)).replace(">\n", ">");
    let found = findings_of(english, french);
    assert!(!found.iter().any(|finding| finding.contains("missing-paragraph")), "{found:?}");
}

#[test]
fn a_callout_between_shortcodes_is_there_though_the_paragraph_after_it_was_lost() {
    let english = format!("# Tidewater\n\n> [!NOTE]\n>\n> {}\n\n{}\n\n## Harbour\n", SENTENCES[3].0, SENTENCES[6].0);
    let french = format!("# Tidewater\n\n{{{{% alert %}}}}\n\n{}\n\n{{{{% /alert %}}}}\n\n## Port\n", SENTENCES[3].1);
    assert_eq!(findings_of(english, french), ["fr/page.md:6 missing-paragraph"]);
}
