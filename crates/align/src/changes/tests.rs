use super::*;
use isogloss_document::{BlockKind, Document, Syntax};

fn parse(text: &str) -> Document {
    Document::parse(text.to_owned(), Syntax::Markdown)
}

/// The changes between two texts, as `class: text of the new block`, `added: …` and `removed: …`.
fn changes(old: &str, new: &str) -> Vec<String> {
    let (old, new) = (parse(old), parse(new));
    let changes = Changes::between(&old, &new);
    let raw = |document: &Document, block: u32| {
        let text = document.blocks[block as usize].span.slice(&document.text);
        text.lines().next().unwrap_or_default().to_owned()
    };
    let changed = changes.changed.iter().map(|change| format!("{}: {}", change.class.as_str(), raw(&new, change.new)));
    let added = changes.added.iter().map(|&block| format!("added: {}", raw(&new, block)));
    let removed = changes.removed.iter().map(|&block| format!("removed: {}", raw(&old, block)));
    changed.chain(added).chain(removed).collect()
}

#[test]
fn each_change_has_the_most_severe_class_that_applies() {
    let cases = [
        ("Files are kept for good.", "Files are kept for a year.", "wording"),
        ("Set `upload_limit` first.", "Set `upload_rate` first.", "code"),
        ("Kept for 30 days, at most.", "Kept for 60 days, at most.", "number"),
        ("Kept for 30 days, at most.", "Kept for 60 days, at least.", "wording"),
        ("1. Open the folder.", "Open the folder.", "number"),
        ("1. Open the folder.", "* Open the folder.", "number"),
        ("Read [how](a.md) it works.", "Read [how](b.md) it works.", "link"),
        ("Read [how](a.md#one) it works.", "Read [how](a.md#two) it works.", "link"),
        ("Read `[how](a.md)` it works.", "Read `[how](b.md)` it works.", "link"),
        ("![The plan](a.png)", "![The plan](b.png)", "link"),
        ("See https://a.example for more.", "See https://b.example for more.", "wording"),
        ("```sh\ntidewater sync\n```", "```bash\ntidewater sync\n```", "label"),
        ("```sh\ntidewater sync\n```", "```sh\ntidewater sync --all\n```", "code"),
        ("It is *very* fast here.", "It is **very** fast here.", "markup"),
        ("It is 1 folder.", "It is `1` folder.", "markup"),
        ("- one more folder", "* one more folder", "markup"),
        ("|a|b|\n|---|---|\n|same|\n", "|a|b|\n|---|---|\n| same |\n", "punctuation"),
        ("Yes it is on.", "Yes, it is on.", "punctuation"),
        ("> [!NOTE]\n>\n> Sync is on.", "> [!WARNING]\n>\n> Sync is on.", "wording"),
        ("| a | long cell |\n|---|---|\n| b | c |", "| a | other cell |\n|---|---|\n| b | c |", "wording"),
        (
            "<table><tr><td>Plan</td><td>4 hours</td></tr></table>",
            "<table><tr><td>Plan</td><td>2 hours</td></tr></table>",
            "number",
        ),
    ];
    for (old, new, class) in cases {
        let found = changes(old, new);
        assert!(found.len() == 1 && found[0].starts_with(&format!("{class}: ")), "{old} → {new}: {found:?}");
        assert!(changes(old, old).is_empty());
    }
}

#[test]
fn white_space_and_heading_levels_do_not_change_a_block() {
    for (old, new) in [
        ("One line\nand another.", "One line and another."),
        ("| a | b |\n|---|---|\n| c | d |", "| a   | b  |\n|-----|----|\n| c   | d  |"),
        ("## Quotas\n\nTen.", "### Quotas\n\nTen."),
        ("```sh\na\n```", "```sh\n  a\n```"),
    ] {
        assert_eq!(changes(old, new), Vec::<String>::new(), "{new}");
    }
}

#[test]
fn added_and_removed_blocks_are_distinguished_from_reworded_ones() {
    let old = "# Sync\n\nTidewater watches the folder.\n\nIt is off.\n\n## Limits\n\nTen files a minute are sent.\n";
    let new = "# Sync\n\nIt skips hidden files, always.\n\nTidewater watches all folders.\n\n## Limits\n\nTen files a minute are sent.\n";
    assert_eq!(
        changes(old, new),
        ["wording: Tidewater watches all folders.", "added: It skips hidden files, always.", "removed: It is off.",]
    );
    // HTML without text is invisible.
    assert!(changes("One.\n", "One.\n\n<div>\n\n</div>\n").is_empty());
}

#[test]
fn callout_markers_match_between_the_same_texts_across_a_heading() {
    let old = "Tidewater watches one folder.\n\n## Step 1: Name the folder to watch\n\n> [!INFO]\n>\n> Hidden files are never \
               sent.\n\nWrite its path into the settings, and save them.\n";
    let new = "Tidewater watches one folder.\n\n> [!NOTE]\n>\n> The free plan has an upper limit.\n\n## Name the folder that is \
               watched\n\nWrite its full path into the settings, and save them.\n\n> [!TIP]\n>\n> Ask for more.\n";
    assert_eq!(
        changes(old, new),
        [
            "wording: [!NOTE]",
            "wording: ## Name the folder that is watched",
            "wording: Write its full path into the settings, and save them.",
            "added: The free plan has an upper limit.",
            "added: [!TIP]",
            "added: Ask for more.",
            "removed: Hidden files are never sent.",
        ]
    );
}

#[test]
fn callout_markers_match_across_dialects() {
    let found = changes("{{% alert title=\"Tip\" %}}\n\nSync is on.\n", "> [!TIP]\n>\n> Sync is on.\n");
    assert_eq!(found, ["markup: [!TIP]", "markup: Sync is on."]);
    let text = "All folders that you name are watched, until you switch it off.";
    let alert = format!("{{{{% alert title=\"Tip\" %}}}} {text} {{{{% /alert %}}}}\n");
    assert_eq!(
        changes(&alert, &format!("> [!TIP]\n>\n> {text}\n")),
        [format!("markup: {text}"), "added: [!TIP]".to_owned()]
    );
    let other = text.replace("All", "No");
    assert_eq!(changes(&alert, &format!("> {other}\n")), [format!("wording: {other}")]);
    let found = changes(":::tip\n\nSync is on.\n\n:::\n", "> [!WARNING]\n>\n> Sync is on.\n");
    assert_eq!(found, ["wording: [!WARNING]", "markup: Sync is on."]);
}

#[test]
fn moved_blocks_are_recognised() {
    let sections = ["## Alpha\n\nThe first section says this.\n", "## Bravo\n\nAnother one says something else.\n"];
    let (old, new) = (parse(&sections.join("\n")), parse(&[sections[1], sections[0]].join("\n")));
    let changes = Changes::between(&old, &new);
    assert!(changes.changed.is_empty(), "{changes:?}");
    let paragraph = |document: &Document, text: &str| {
        document.blocks.iter().position(|block| document.plain_of(block).starts_with(text)).unwrap() as u32
    };
    for text in ["The first", "Another one"] {
        assert_eq!(changes.new_of(paragraph(&old, text)), Some(paragraph(&new, text)), "{text}");
    }
    assert_eq!(changes.moved.iter().filter(|moved| **moved).count(), 1, "{changes:?}");
}

#[test]
fn repeated_small_blocks_do_not_break_sections() {
    let section =
        |name: &str| format!("> [!NOTE]\n>\n> Read this first.\n\nThe {name} section.\n\n```sh\ntidewater\n```\n\n");
    let old = ["one", "two"].map(section).concat();
    let new = ["new", "one", "two"].map(section).concat();
    let (old, new) = (parse(&old), parse(&new));
    let changes = Changes::between(&old, &new);
    assert!(changes.changed.is_empty() && changes.removed.is_empty(), "{changes:?}");
    // The first note may match the one that was there before, and the rest is whole.
    let added = (new.blocks.len() - old.blocks.len()) as u32;
    assert!((2..old.blocks.len() as u32).all(|block| changes.new_of(block) == Some(block + added)), "{changes:?}");
}

#[test]
fn a_run_of_html_is_one_change_and_its_rows_are_matched() {
    let row = |plan: &str, hours: u8| format!("<tr><td>{plan}</td><td>{hours} hours</td></tr>\n");
    let table = |rows: &[String]| format!("<table>\n{}</table>\n", rows.concat());
    let (old, new) = (
        parse(&table(&[row("Harbour", 4), row("Open sea", 8)])),
        parse(&table(&[row("Harbour", 4), row("Lagoon", 6), row("Open sea", 8)])),
    );
    let changes = Changes::between(&old, &new);
    assert_eq!(changes.changed.len(), 1, "{changes:?}");
    let rows = |document: &Document| -> Vec<u32> {
        let rows = document.blocks.iter().enumerate().filter(|(_, block)| block.kind == BlockKind::TableRow);
        rows.map(|(index, _)| index as u32).collect()
    };
    let (before, after) = (rows(&old), rows(&new));
    assert_eq!(before.iter().map(|&row| changes.new_of(row)).collect::<Vec<_>>(), [Some(after[0]), Some(after[2])]);
    assert_eq!(changes.old_of(after[1]), None);
    assert!(changes.change_of(&new, after[1]).is_some_and(|change| change.class == ChangeClass::Wording));
}

#[test]
fn a_rewritten_document_of_any_size_is_compared_in_bounded_time() {
    let text = |word: &str| (0..3_000).map(|n| format!("{word} number {n} of many.\n\n")).collect::<String>();
    let found = changes(&text("Paragraph"), &text("Sentence"));
    assert!(found.len() >= 3_000);
    let same = "Sync is on.\n\n".repeat(3_000);
    assert_eq!(changes(&same, &format!("{same}Off.\n")), ["added: Off."]);
}

#[test]
fn a_word_diff_has_kept_removed_and_added_parts() {
    let (kept, removed, added) = (
        |t: &str| DiffPart::Kept(t.into()),
        |t: &str| DiffPart::Removed(t.into()),
        |t: &str| DiffPart::Added(t.into()),
    );
    assert_eq!(
        word_diff("kept for 180 days.", "kept for a year."),
        [kept("kept for "), removed("180 days."), added("a year.")]
    );
    assert_eq!(word_diff("same", "same"), [kept("same")]);
    assert_eq!(kept("a\u{1b}").to_json(), serde_json::json!({"kept": "a\u{1b}"}));
}
