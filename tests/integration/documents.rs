//! Properties of documents, alignments and whole runs that hold for every text.

use isogloss_align::{Model, Outline, Trainer, align};
use isogloss_document::{Document, Syntax};
use isogloss_text::Span;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::support::Tree;

/// Fragments of the dialects.
const FRAGMENTS: &[&str] = &[
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    " ",
    "    ",
    "\t",
    "\u{feff}",
    "\u{200b}",
    "\0",
    "é",
    "日本語",
    "👩\u{200d}💻",
    "e\u{301}",
    "ع",
    "Tidewater keeps 30 versions",
    "# ",
    "###### ",
    "Title\n===\n",
    "{#id}",
    "{/*id*/}",
    "[é](a&amp;b\\_c#d)",
    "[r]",
    "[r]: <a\\*b#c>\n",
    "<a href='a&amp;b#c'>",
    "<Card href=\"/é#a\" />",
    "- ",
    "1. ",
    "* ",
    "- [ ] ",
    "> ",
    ">[!NOTE]\n>",
    "> [!WARNING]\n> ",
    ">[!BEGINTABS]",
    ">[!TAB A]",
    ">[!ENDTABS]",
    "[!DNL x]",
    "[!UICONTROL x]",
    "{{$include a.md}}",
    "{style=\"x\"}",
    "{style=&quot;x&quot;}",
    "+++ Title\n",
    "+++\n",
    "{{< note >}}",
    "{{% a %}}",
    "{{< /note >}}",
    "{{<",
    ">}}",
    "{{% /a %}}",
    ":::note\n",
    ":::",
    ":::tip[Title]\n",
    "/// tip\n",
    "///\n",
    "!!! note\n    ",
    "??? note \"a\"\n    ",
    "=== \"Tab\"\n    ",
    "<Tabs>\n",
    "</Tabs>",
    "<Card a={b} c=\"d\">",
    "<Card />",
    "import a from 'b'\n",
    "export const a = {\n",
    "}\n",
    "{a}",
    "{",
    "}",
    "{/*",
    "*/}",
    "<table>",
    "<tr>",
    "<td colspan=2>",
    "</td>",
    "</tr>",
    "</table>",
    "<ul><li>",
    "</li></ul>",
    "<p>",
    "<br/>",
    "<img src=\"a.png\">",
    "<video>",
    "<!--",
    "-->",
    "<div",
    ">",
    "</div>",
    "| a | b |\n",
    "|---|---|\n",
    "|",
    "\\|",
    "```",
    "```js title=\"a\"\n",
    "~~~",
    "`",
    "``",
    "&amp;",
    "&#39;",
    "&#x200B;",
    "&quot;",
    "&lbrace;",
    "&nosuch;",
    "&#0;",
    "![a](b.png)",
    "[a](b \"c\")",
    "[a][b]",
    "[b]: c\n",
    "[^1]",
    "[^1]: note\n",
    "https://tidewater.example/fr/a",
    "**",
    "_",
    "~~",
    "$",
    "$$",
    "---\n",
    "---\ntitle: x\n---\n",
    "...\n",
    "***\n",
    "\\",
    "<",
    "@",
    "5:30 pm",
    "06.00–17.00:30",
    "99,95 %",
    "24x7",
    "午前 9 時",
    "3億7,500万",
    "1.234,5",
    "−5 °C",
];

/// A text of fragments from all dialects, and some arbitrary characters.
fn text() -> impl Strategy<Value = String> {
    let fragment = prop_oneof![12 => prop::sample::select(FRAGMENTS).prop_map(str::to_owned), 1 => "\\PC{0,8}", 1 => "[ -~]{0,12}"];
    vec(fragment, 0..60).prop_map(|fragments| fragments.concat())
}

/// Sections of plain Markdown, as people write them.
fn sound_text() -> impl Strategy<Value = String> {
    let block = prop_oneof![
        Just("## Sync\n\n".to_owned()),
        "[a-z]{2,8}( [a-z]{1,9}){2,12}\\.\n\n",
        "- [a-z]{2,8} `[a-z-]{3,9}`\n",
        "\n\\| [a-z]{2,5} \\| [0-9]{1,3} \\|\n\\|---\\|---\\|\n\\| [a-z]{2,5} \\| [0-9]{1,3} \\|\n\n",
        "```\n[a-z]{2,20}\n```\n\n",
    ];
    vec(block, 0..30).prop_map(|blocks| blocks.concat())
}

fn assert_inside(span: Span, text: &str, what: &str) -> Result<(), TestCaseError> {
    prop_assert!(span.start <= span.end && span.end as usize <= text.len(), "{} {:?} of {}", what, span, text.len());
    for offset in [span.start, span.end] {
        prop_assert!(text.is_char_boundary(offset as usize), "{what} {span:?}");
    }
    Ok(())
}

fn assert_sound(document: &Document, text: &str) -> Result<(), TestCaseError> {
    prop_assert_eq!(&document.text, text);
    let plain = document.plain.as_str();
    let mut before = (0, 0);
    for (index, block) in document.blocks.iter().enumerate() {
        assert_inside(block.span, text, "block")?;
        assert_inside(block.plain, plain, "plain")?;
        prop_assert!(block.span.start >= before.0, "block {} begins before the one before it", index);
        prop_assert!(block.plain.start >= before.1, "text of block {} begins before that of the one before it", index);
        before = (block.span.start, block.plain.start);
        prop_assert!((block.section as usize) < document.sections.len());
        prop_assert!(block.parent.is_none_or(|parent| (parent as usize) < index));
        for token in document.tokens_of(block) {
            assert_inside(token.span, text, "token")?;
        }
        for cell in document.cells_of(block) {
            assert_inside(cell.span, text, "cell")?;
            assert_inside(cell.plain, plain, "cell's text")?;
        }
        if let Some(id) = block.id {
            assert_inside(id, text, "id")?;
        }
        prop_assert!(document.words_of(block).len() <= document.words.len());
        let (first, last) = document.lines_of(block);
        prop_assert!(1 <= first && first <= last && last <= document.lines().lines());
    }
    for link in &document.links {
        assert_inside(link.span, text, "link")?;
        assert_inside(link.destination(), text, "destination")?;
        prop_assert!((link.block as usize) < document.blocks.len());
        prop_assert!(document.target(link).len() <= document.text.len());
        prop_assert!(document.fragment(link).is_none_or(|fragment| fragment.len() <= document.text.len()));
    }
    for section in &document.sections {
        let blocks = &section.blocks;
        prop_assert!(blocks.start <= blocks.end && blocks.end <= section.end.max(blocks.end));
        prop_assert!(section.end as usize <= document.blocks.len());
    }
    Ok(())
}

/// Every character of a block's text originates in the block.
fn assert_leads_back(document: &Document, plain: Span, block: Span) -> Result<(), TestCaseError> {
    let text = plain.slice(document.plain.as_str());
    for (offset, character) in text.char_indices() {
        let start = plain.start as usize + offset;
        let source = document.plain.source(Span::new(start, start + character.len_utf8()));
        assert_inside(source, &document.text, "source of a character")?;
        prop_assert!(
            block.start <= source.start && source.end <= block.end,
            "{:?} at {} of the plain text comes from {:?}, outside of the block {:?}: {:?}",
            character,
            start,
            source,
            block,
            block.slice(&document.text)
        );
    }
    Ok(())
}

fn assert_aligned(source: &Document, translation: &Document, model: &Model) -> Result<(), TestCaseError> {
    let alignment = align(source, translation, model);
    let mut seen = (vec![false; source.blocks.len()], vec![false; translation.blocks.len()]);
    for pair in &alignment.pairs {
        prop_assert!(!pair.source.is_empty() && !pair.translation.is_empty());
        prop_assert!((0.0..=1.0).contains(&pair.probability()), "{:?}", pair);
        for block in pair.source.clone() {
            prop_assert!(!std::mem::replace(&mut seen.0[block as usize], true), "block {} twice", block);
            prop_assert_eq!(alignment.pair_of_source(block), Some(pair));
        }
        for block in pair.translation.clone() {
            prop_assert!(!std::mem::replace(&mut seen.1[block as usize], true), "block {} twice", block);
            prop_assert_eq!(alignment.pair_of_translation(block), Some(pair));
        }
    }
    Ok(())
}

fn trained(source: &Document, translation: &Document) -> Model {
    let mut trainer = Trainer::default();
    trainer.add(source, translation);
    let mut model = trainer.finish();
    let (a, b) = (Outline::new(source), Outline::new(translation));
    model.calibrate(&[((source, &a), (translation, &b))]);
    model
}

/// Swapped sections leave a block the pair that it had outside of them.
#[test]
fn swapped_sections_leave_each_block_one_pair() {
    let source = "- aaa `aa-`\n## Sync\n\n- aaaaaaa `-a-`\n## Sync\n\n\n| aaa | 006 |\n|---|---|\n| aaaaa | 0 |\n\n\
                  aa aaaa aaaaa aaaaaaaaa aaaaaa aaa.\n\n";
    let table = "| aa | 0 |\n|---|---|\n| aa | 0 |\n\n";
    let translation = format!(
        "aa a a.\n\n## Sync\n\n\n{table}aa a a.\n\naa a a.\n\n## Sync\n\n## Sync\n\n## Sync\n\naa a a.\n\n\n{table}\
         - aa `aa-`\naa a a.\n\n"
    );
    let [source, translation] = [source.to_owned(), translation].map(|text| Document::parse(text, Syntax::Markdown));
    for model in [Model::default(), trained(&source, &translation)] {
        assert_aligned(&source, &translation, &model).unwrap();
    }
}

fn syntax() -> impl Strategy<Value = Syntax> {
    prop_oneof![Just(Syntax::Markdown), Just(Syntax::Mdx)]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_text_is_a_sound_document(text in text(), syntax in syntax()) {
        assert_sound(&Document::parse(text.clone(), syntax), &text)?;
    }

    #[test]
    fn plain_text_leads_back_into_its_block(text in text(), syntax in syntax()) {
        let document = Document::parse(text, syntax);
        for block in &document.blocks {
            assert_leads_back(&document, block.plain, block.span)?;
        }
    }

    #[test]
    fn any_two_documents_are_aligned(a in text(), b in text(), c in sound_text(), d in sound_text()) {
        let [a, b, c, d] = [a, b, c, d].map(|text| Document::parse(text, Syntax::Markdown));
        for (source, translation) in [(&a, &b), (&c, &d), (&a, &d)] {
            assert_aligned(source, translation, &Model::default())?;
            assert_aligned(source, translation, &trained(source, translation))?;
        }
    }

    #[test]
    fn a_document_is_aligned_with_itself(text in sound_text()) {
        let document = Document::parse(text, Syntax::Markdown);
        let alignment = align(&document, &document, &Model::default());
        let moved: Vec<_> = (0..document.blocks.len() as u32)
            .filter(|&block| alignment.translation_of(block) != Some(block))
            .map(|block| document.plain_of(&document.blocks[block as usize]))
            .collect();
        prop_assert!(moved.is_empty(), "{:?}", moved);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whole_runs_survive_and_point_into_files(
        texts in vec((prop::sample::select(&["en", "fr", "ja", "zh-Hans"][..]), 0..3_usize, text()), 1..8),
        pin in prop_oneof![Just(String::new()), "[0-9a-f]{7}", "\\PC{0,12}"],
    ) {
        let tree = Tree::new::<&str>(&[]);
        for (locale, page, text) in &texts {
            let extension = if page % 2 == 0 { "md" } else { "mdx" };
            let head = if pin.is_empty() { String::new() } else { format!("---\nsource-git-commit: {pin}\n---\n") };
            tree.write(&format!("{locale}/{page}.{extension}"), format!("{head}{text}"));
        }
        let run = tree.isogloss(&["check", "--format", "json"]);
        prop_assert!((0..=3).contains(&run.code) && !run.stderr.contains("panicked"), "{:?}", run);
        let json = run.json();
        for finding in json["findings"].as_array().unwrap() {
            let related = finding["related"].as_array().unwrap();
            for place in std::iter::once(finding).chain(related) {
                let text = std::fs::read_to_string(tree.path().join(place["path"].as_str().unwrap())).unwrap();
                for end in ["start", "end"] {
                    let byte = place["range"][end]["byte"].as_u64().unwrap() as usize;
                    prop_assert!(text.is_char_boundary(byte), "{}", place);
                    let line = text[..byte].matches('\n').count() as u64 + 1;
                    prop_assert_eq!(place["range"][end]["line"].as_u64(), Some(line), "{}", place);
                }
            }
        }
        let pretty = tree.isogloss(&["check", "--jobs", "1"]);
        prop_assert_eq!(pretty.code, run.code, "{:?}", pretty);
    }
}
