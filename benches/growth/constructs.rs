//! Constructs that a page can contain thousands of.

/// A page and its translation with many instances of a construct.
pub(crate) struct Construct {
    /// What is repeated, and where.
    pub name: &'static str,
    /// The smaller number of instances.
    pub count: usize,
    /// Writes the source.
    pub source: fn(usize) -> String,
    /// Writes the translation.
    pub translation: fn(usize) -> String,
}

/// Constructs of many blocks first, then those within one block.
pub(crate) const CONSTRUCTS: &[Construct] = &[
    new(
        "paragraphs in the source only",
        10_000,
        |n| few() + &many(n, |i| format!("Folder {i} is kept.\n\n")),
        |_| few(),
    ),
    new("paragraphs in the translation only", 10_000, |_| few(), |n| few() + &many(n, |_| "Oui\n\n".to_owned())),
    new("items in the translation only", 10_000, |_| few(), |n| few() + &many(n, |_| "- Oui\n".to_owned())),
    new("headings in the source only", 10_000, |n| few() + &many(n, |i| format!("## Folder {i}\n\n")), |_| few()),
    new("paragraphs against HTML", 3_000, paragraphs, |n| many(n, |_| "<div>Oui</div>\n\n".to_owned())),
    new("paragraphs against code", 3_000, paragraphs, |n| many(n, |_| "```\nsync\n```\n\n".to_owned())),
    new("sections against code", 3_000, sections, |n| many(n, |_| "```\nsync\n```\n\n".to_owned())),
    new(
        "callouts in two dialects",
        2_000,
        |n| many(n, |i| format!("> [!NOTE]\n> Folder {i}\n\n")),
        |n| many(n, |i| format!(":::note\nDossier {}\n\n", i + 100)),
    ),
    new("one of two paragraphs missing", 4_000, paragraphs, |n| {
        many(n / 2, |i| format!("Le dossier {} reste en phase.\n\n", 2 * i))
    }),
    new("every paragraph twice", 3_000, paragraphs, |n| {
        many(2 * n, |i| format!("Le dossier {} reste en phase.\n\n", i / 2))
    }),
    new("sections in reverse", 3_000, sections, |n| {
        many(n, |i| format!("## Dossier {}\n\nIl reste `{}`.\n\n", n - i, n - i))
    }),
    new("sections exchanged in pairs", 3_000, sections, |n| {
        many(n, |i| format!("## Dossier {}\n\nIl reste `{}`.\n\n", i ^ 1, i ^ 1))
    }),
    new("rows of a table, half of them missing", 4_000, |n| table(n, 1), |n| table(n / 2, 2)),
    new("cells of a row", 2_000, |n| row(n, "days"), |n| row(n + 1, "jours")),
    new("items of HTML on one line", 3_000, |n| html_items(n, 0, "days"), |n| html_items(n, 100_000, "jours")),
    new("tables within tables", 2_000, |n| "<table><tr><td>".repeat(n) + "24 days", |_| few()),
    new("lists within lists", 1_000, |n| "- ".repeat(n) + "24 days\n", |_| few()),
    new("attributes of a tag", 20_000, |n| format!("<div {}>24 days</div>\n", "a=\"x\" ".repeat(n)), |_| few()),
    new(
        "differing durations in a paragraph",
        10_000,
        |n| many(n, |i| format!("{i} days ")),
        |n| many(n, |i| format!("{} jours ", i + 100_000)),
    ),
    new(
        "durations in the source's paragraph only",
        10_000,
        |n| many(n, |i| format!("{i} days ")),
        |_| "Oui\n".to_owned(),
    ),
    new("numbers beside code", 5_000, |n| many(n, |i| format!("{i} ")), |n| many(n, |i| format!("`{i} x` "))),
    new(
        "differing durations, a line each",
        5_000,
        |n| many(n, |i| format!("It takes {i} days.\n\n")),
        |n| many(n, |i| format!("Il faut {} jours.\n\n", i + 100_000)),
    ),
    new("braces that close nowhere", 20_000, |n| few() + &"{a ".repeat(n), |_| few()),
    new("attribute lists in a line", 10_000, |n| few() + &"a {: .b } ".repeat(n), |_| few()),
    new("brackets that close nowhere", 20_000, |n| few() + &"[!DNL a".repeat(n), |_| few()),
    new("ampersands in HTML", 20_000, |n| format!("<div>24 days {}</div>\n", "&".repeat(n)), |_| few()),
    new("suppressions of one word more each", 20_000, |n| few() + &suppression(n), |_| few()),
    new("suppressions", 3_000, |n| few() + &many(n, |_| suppression(1)), |_| few()),
];

const fn new(
    name: &'static str,
    count: usize,
    source: fn(usize) -> String,
    translation: fn(usize) -> String,
) -> Construct {
    Construct { name, count, source, translation }
}

fn many(count: usize, one: impl Fn(usize) -> String) -> String {
    (0..count).map(one).collect()
}

/// A page with only a heading.
fn few() -> String {
    "# Tidewater\n\n".to_owned()
}

fn paragraphs(count: usize) -> String {
    many(count, |i| format!("Folder {i} is kept in step.\n\n"))
}

fn sections(count: usize) -> String {
    many(count, |i| format!("## Folder {i}\n\nIt keeps `{i}`.\n\n"))
}

fn table(count: usize, step: usize) -> String {
    format!("| Folder | Size |\n| --- | --- |\n{}", many(count, |i| format!("| {} | {} MB |\n", i * step, i * step)))
}

fn row(count: usize, unit: &str) -> String {
    format!("|{}\n|{}\n|{}\n", "Day|".repeat(count), "-|".repeat(count), many(count, |i| format!("{i} {unit}|")))
}

fn html_items(count: usize, from: usize, unit: &str) -> String {
    format!("<ul>{}</ul>\n", many(count, |i| format!("<li>{} {unit}</li>", from + i)))
}

fn suppression(words: usize) -> String {
    format!("<!-- isogloss-disable-next-line sla-mismatch {}-->\n\nDay\n\n", "since ".repeat(words))
}
