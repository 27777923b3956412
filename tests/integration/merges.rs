//! A paragraph that one side merged with the one before is not missing, and one that was lost beside a long one is.

use crate::support::Tree;

/// Sentences and their translations, of which pages are made to learn from.
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

/// A page of a paragraph for each group of sentences.
fn page(groups: &[&[usize]], language: fn(&(&'static str, &'static str)) -> &'static str) -> String {
    let paragraph =
        |group: &&[usize]| group.iter().map(|&at| language(&SENTENCES[at])).collect::<Vec<_>>().join(" ") + "\n\n";
    format!("# Tidewater\n\n{}", groups.iter().map(paragraph).collect::<String>())
}

/// The findings about a page of these paragraphs, beside pages that teach what words mean.
fn findings(english: &[&[usize]], french: &[&[usize]]) -> Vec<String> {
    let tree = Tree::new::<&str>(&[]);
    let both = [
        ("en", english, (|pair| pair.0) as fn(&(&'static str, &'static str)) -> &'static str),
        ("fr", french, |pair| pair.1),
    ];
    for (locale, groups, language) in both {
        tree.write(&format!("{locale}/page.md"), page(groups, language));
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
    // Of three, the last is known by how the merged text ends.
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
