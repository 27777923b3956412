//! The content of messages: adjacent blocks are one finding, in order, and are named as written.

use crate::support::Tree;

const ENGLISH: &str = "\
# Add-ons

## `sync`

`tidewater sync` copies what `queue` holds, once it is called.

## Made by others

<Grid>
  <Card title=\"Lantern\" href=\"https://lantern.example/\" />
  <Card title=\"Compass\" href=\"https://compass.example/\" />
  <Card title=\"Anchor\" href=\"https://anchor.example/\" />
  <Card title=\"Zephyr\" href=\"https://zephyr.example/\" />
</Grid>

Write to us about yours, and say what it needs.
";

#[test]
fn what_is_adjacent_is_reported_together_and_as_it_is_written() {
    let german = "\
# Erweiterungen

## Von anderen

<Grid>
  <Card title=\"Laterne\" href=\"https://lantern.example/\" />
</Grid>

Schreiben Sie uns über Ihre, und sagen Sie, was sie braucht.
";
    let tree = Tree::new(&[("en/add-ons.mdx", ENGLISH), ("de/add-ons.mdx", german)]);
    let run = tree.isogloss(&["check", "--format", "short", "--source", "en"]);
    let lines: Vec<&str> = run.stdout.lines().filter(|line| line.starts_with("de/")).collect();
    assert_eq!(
        lines,
        [
            "de/add-ons.mdx:2:1: error[missing-section]: missing section: “`sync`”",
            "de/add-ons.mdx:7:1: error[missing-block]: missing 3 components: “Compass”",
        ],
        "{run:?}"
    );
}

#[test]
fn what_is_missing_at_one_place_is_reported_in_the_order_of_the_source() {
    let text = |english: &str, german: &str| {
        [("en/plans.md", format!("# A\n\n{english}")), ("de/plans.md", format!("# A\n\n{german}"))]
    };
    let english = "Write to the help desk about it.\n\n```sh\nzebra --yes\n```\n\nAnchors hold in any weather.\n\n\
                   | A | B |\n| --- | --- |\n| 1 | 2 |\n\n![](a.png)\n";
    let tree = Tree::new(&text(english, ""));
    let run = tree.isogloss(&["check", "--format", "short", "--source", "en"]);
    let messages: Vec<&str> =
        run.stdout.lines().filter_map(|line| line.split_once("]: ")).map(|(_, message)| message).collect();
    assert_eq!(
        messages,
        [
            "missing 2 paragraphs and 1 code block: “Write to the help desk about it.”",
            "missing table: “A B”",
            "missing image",
        ],
        "{run:?}"
    );
}

#[test]
fn tabs_are_reported_as_tabs_and_their_text_is_read() {
    let english = "\
# Setup

Choose your system:

=== \"Linux\"

    It is done within 5 minutes.

    ```sh
    tide up
    ```

=== \"macOS\"

    !!! tip
        Use the `.dmg` file.

    ```sh
    tide open
    ```

=== \"Windows\"

    Start the `.exe` file.

Then wait for the harbour.
";
    let german = "\
# Einrichtung

Wählen Sie Ihr System:

=== \"Linux\"

    Es ist in 4 Minuten erledigt.

    ```sh
    tide up
    ```

Warten Sie dann auf den Hafen.
";
    let tree = Tree::new(&[("en/setup.md", english), ("de/setup.md", german)]);
    let run = tree.isogloss(&["check", "--format", "short", "--source", "en"]);
    let messages: Vec<&str> =
        run.stdout.lines().filter_map(|line| line.split_once("]: ")).map(|(_, message)| message).collect();
    assert_eq!(messages, ["4 minutes here, 5 minutes in English", "missing 2 tabs: “macOS”"], "{run:?}");
}

#[test]
fn text_is_missing_and_not_empty_where_what_is_there_is_no_shell_of_it() {
    let english = "# Editions\n\nSyncs two folders.\n\n**Team**\n\n`sync --all`\n\n<div>\nHome is free.\n</div>\n";
    let german =
        "# Ausgaben\n\nGleicht zwei Ordner ab.\n\n<a id=\"team\"></a>\n\n`sync --all`\n\n<div>\n\n- Nichts\n\n</div>\n";
    let tree = Tree::new(&[("en/editions.md", english), ("de/editions.md", german)]);
    let run = tree.isogloss(&["check", "--format", "short", "--source", "en"]);
    let messages: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(
        messages,
        ["de/editions.md:4:1: warning[missing-paragraph]: possibly missing paragraph: “Team”"],
        "a place for links says nothing, and what the HTML holds goes on below it: {run:?}"
    );
}

#[test]
fn what_all_rows_of_a_column_lack_is_reported_once() {
    let table = |mark: fn(u32) -> String| {
        let rows = (4112..4117).map(|number| format!("| {} | `fix {number}` |\n", mark(number)));
        format!("| A | B |\n| --- | --- |\n{}", rows.collect::<String>())
    };
    let tree = Tree::new(&[
        ("en/thanks.md", table(|number| format!("#{number}"))),
        ("de/thanks.md", table(|_| "siehe rechts".to_owned())),
    ]);
    let run = tree.isogloss(&["check", "--format", "short", "--source", "en"]);
    let messages: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(
        messages,
        ["de/thanks.md:3:3: warning[number-mismatch]: 4112 in English, missing here and in 4 rows below"],
        "{run:?}"
    );
}
