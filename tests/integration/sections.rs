//! Sections and entries in another order, in pages whose parts are similar.

use crate::support::Tree;

const THINGS: [(&str, &str); 6] = [
    ("folder", "Ordner"),
    ("device", "Gerät"),
    ("tag", "Schlagwort"),
    ("vault", "Tresor"),
    ("berth", "Liegeplatz"),
    ("lamp", "Leuchte"),
];

/// What can be done with each thing, and a step that only occurs in that section.
const ACTIONS: [[&str; 4]; 4] = [
    [
        "Edit",
        "bearbeiten",
        "Change its name as you like, and choose **Save**.",
        "Ändern Sie den Namen nach Belieben und wählen Sie **Save**.",
    ],
    [
        "Delete",
        "löschen",
        "Confirm with **Yes** in the box that opens.",
        "Bestätigen Sie mit **Yes** in dem Fenster, das sich öffnet.",
    ],
    [
        "Share",
        "teilen",
        "Type the address of everybody who may read it.",
        "Geben Sie die Adressen aller ein, die mitlesen dürfen.",
    ],
    [
        "Lock",
        "sperren",
        "Nobody can write to it until you open it again.",
        "Niemand kann hineinschreiben, bis Sie es wieder öffnen.",
    ],
];

fn english(thing: &str, [action, _, step, _]: &[&str; 4]) -> String {
    format!(
        "## {action} a {thing}\n\n1. Open **Tidewater** and choose the {thing}.\n1. {step}\n1. Choose **Review** when you have \
         finished.\n\n"
    )
}

fn german(thing: &str, [_, action, _, step]: &[&str; 4]) -> String {
    format!(
        "## {thing} {action}\n\n1. Öffnen Sie **Tidewater** und wählen Sie: {thing}.\n1. {step}\n1. Wählen Sie **Review**, wenn \
         Sie fertig sind.\n\n"
    )
}

/// A page for each thing, all sections in order.
fn pages() -> Tree {
    let mut files = Vec::new();
    for (thing, ding) in THINGS {
        let sections = |section: &dyn Fn(&[&str; 4]) -> String| ACTIONS.iter().map(section).collect::<String>();
        files.push((format!("en/{thing}.md"), format!("# {thing}\n\n{}", sections(&|action| english(thing, action)))));
        files.push((format!("de/{thing}.md"), format!("# {ding}\n\n{}", sections(&|action| german(ding, action)))));
    }
    let files: Vec<(&str, &String)> = files.iter().map(|(path, text)| (path.as_str(), text)).collect();
    Tree::new(&files)
}

fn check(tree: &Tree) -> Vec<String> {
    tree.isogloss(&["check", "--no-history", "--format", "json", "en=en", "de=de"]).findings()
}

#[test]
fn similar_neighbors_that_were_swapped_are_reported_once() {
    let tree = pages();
    assert_eq!(check(&tree), [""; 0]);
    let [edit, delete, share, lock] = ACTIONS.map(|action| german("Schlagwort", &action));
    tree.write("de/tag.md", format!("# Schlagwort\n\n{delete}{edit}{share}{lock}"));
    assert_eq!(check(&tree), ["de/tag.md:3 section-order"]);
}

#[test]
fn a_section_of_words_that_no_other_page_has_may_be_elsewhere() {
    let duties = "## Our duties\n\nMaintainers say what is fair and act when something is not.\n\nThey may remove what does \
                  not keep to these rules.\n\n";
    let pflichten = "## Was die Betreuung zu tun hat\n\nWer hier Verantwortung trägt, erklärt allen offen, was als gerecht \
                     gilt, und schreitet ein.\n\nVerstöße gegen die genannten Regeln dürfen jederzeit ohne Vorwarnung \
                     entfernt werden.\n\n";
    let tree = pages();
    let [edit, delete, share, lock] = ACTIONS.map(|action| english("berth", &action));
    tree.write("en/berth.md", format!("# berth\n\n{edit}{duties}{delete}{share}{lock}"));
    let [edit, delete, share, lock] = ACTIONS.map(|action| german("Liegeplatz", &action));
    tree.write("de/berth.md", format!("# Liegeplatz\n\n{edit}{delete}{share}{lock}{pflichten}"));
    assert_eq!(check(&tree), ["de/berth.md:27 section-order"]);
    // A section that only one side has did not move.
    tree.write("de/berth.md", format!("# Liegeplatz\n\n{edit}{delete}{share}{lock}"));
    assert_eq!(check(&tree), ["de/berth.md:8 missing-section"]);
}

#[test]
fn entries_are_known_by_their_identifiers_in_any_order() {
    let entries = [
        ("4456", "Folders with long names are kept.", "Ordner mit langen Namen bleiben."),
        ("4452", "The clock of a device may be wrong.", "Die Uhr eines Geräts darf falsch gehen."),
        ("4513", "Sync starts again after a crash.", "Der Abgleich beginnt nach einem Absturz neu."),
        ("4448", "Nothing is lost when the disk is full.", "Ist die Platte voll, geht nichts verloren."),
        ("4416", "Links open where you want.", "Links öffnen sich, wo Sie wollen."),
        ("4431", "Deleted folders are gone everywhere.", "Gelöschte Ordner sind überall weg."),
    ];
    let english = entries.map(|(id, text, _)| format!("1. **[TIDE-{id}](fixes/{id}.md)**: {text}\n")).concat();
    let german = [2, 4, 5, 3, 1, 0].map(|at: usize| entries[at]);
    let german = german.map(|(id, _, text)| format!("1. **TIDE-{id}**: {text}\n")).concat();
    let tree = Tree::new(&[("en/fixes.md", format!("# Fixes\n\n{english}"))]);
    tree.write("de/fixes.md", format!("# Korrekturen\n\n{german}"));
    assert_eq!(check(&tree), ["de/fixes.md:6 block-order"]);
}

#[test]
fn the_headings_of_columns_are_no_row_that_is_missing() {
    let rows =
        ["2.4.7", "2.4.6", "2.4.5", "2.4.4", "2.4.3"].map(|version| format!("| {version} | `{version}.zip` |\n"));
    let table = |head: &str, rows: &[String]| format!("{head}\n| --- | --- |\n{}", rows.concat());
    let tree = Tree::new(&[("en/releases.md", table("| Patch version of the harbour | File |", &rows))]);
    tree.write("de/releases.md", table("| Stand | Herunterzuladen unter dem Namen |", &rows[1..]));
    assert_eq!(check(&tree), ["de/releases.md:3 table-shape"]);
}

#[test]
fn code_distinguishes_sections_whose_headings_do_not() {
    let section = |heading: &str, [run, then, end]: [&str; 3], code: [&str; 2]| {
        format!("## {heading}\n\n{run}\n\n```sh\n{}\n```\n\n{then}\n\n```sh\n{}\n```\n\n{end}\n\n", code[0], code[1])
    };
    let on = ["tidewater set --log-everything=true", "tidewater restart `harbour`"];
    let off = ["tidewater unset --quiet=false", "anchor drop --all-devices"];
    let (english, german) =
        (["Run this:", "Then this:", "That is all."], ["Führen Sie dies aus:", "Dann dies:", "Das ist alles."]);
    let tree = Tree::new(&[(
        "en/log.md",
        section("Switch on what is written about every step that is taken", english, on)
            + &section("Off", english, off),
    )]);
    // Judging by length, each heading matches the wrong one.
    let last = section("Alles, was über jeden Schritt geschrieben wird, wieder abschalten", german, off);
    tree.write("de/log.md", last + &section("An", german, on));
    assert_eq!(check(&tree), ["de/log.md:1 section-order"]);
}
