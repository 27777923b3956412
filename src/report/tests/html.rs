//! The page for a browser: what an HTML parser reads, whatever is in the documents. How it behaves is tested in
//! a browser, by `tests/formats/browser.mjs`.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use html5gum::{Token, Tokenizer};
use sha2::{Digest as _, Sha256};

use super::*;
use crate::sanitize::visible;

const HOSTILE: [&str; 6] = [
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "--> ]]> </SCRIPT\t/> </style>",
    "\u{2028}\u{2029}\"}];alert(1)//",
    "&lt;img src=x onerror=alert(1)&gt; <img src=x onerror=alert(1)>",
    "{{data}} {{script}} \\u003c\\",
];

/// What is between two texts of the page.
fn between<'t>(page: &'t str, start: &str, end: &str) -> &'t str {
    page.split_once(start).unwrap().1.split_once(end).unwrap().0
}

/// The page's data, as a browser cuts it out.
pub(super) fn data(page: &str) -> String {
    between(page, "<script type=\"application/json\" id=\"data\">", "</script>").to_owned()
}

/// The tags of the page with their attributes; what a browser would run or load is among them.
fn tags(page: &str) -> Vec<String> {
    let tokens = Tokenizer::new(page).map(|token| token.unwrap());
    tokens
        .filter_map(|token| match token {
            Token::StartTag(tag) => Some(format!("{tag:?}")),
            Token::EndTag(tag) => Some(format!("{:?}", tag.name)),
            Token::Comment(comment) => panic!("{comment:?}"),
            _ => None,
        })
        // Spans say where in the page they are.
        .map(|tag| tag.split(", span").next().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn the_policy_allows_the_style_and_the_script_and_nothing_else() {
    let page = written("html", &report(findings()), plain(80)).replace("\r\n", "\n");
    let policy = between(&page, "http-equiv=\"Content-Security-Policy\" content=\"", "\"");
    let hash = |text: &str| format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(text)));
    let style = hash(between(&page, "<style>", "</style>"));
    let script = hash(between(&page, "<script>", "</script>"));
    let expected = format!(
        "default-src 'none'; style-src '{style}'; script-src '{script}'; img-src data:; base-uri 'none'; form-action 'none'"
    );
    assert_eq!(policy, expected, "STYLE_HASH and SCRIPT_HASH are to be those of the assets");
}

#[test]
fn a_page_names_no_address_but_those_of_the_rules_documentation() {
    let page = written("html", &report(findings()), plain(80));
    let addresses = page.match_indices("://").map(|(at, _)| &page[at + 3..]);
    let strange: Vec<_> = addresses.filter(|address| !address.starts_with("docs.rs/crate/isogloss/")).collect();
    // The name space of the icon, which is no address that anything is loaded from.
    assert_eq!(strange.len(), 1);
    assert!(strange[0].starts_with("www.w3.org/2000/svg'"));
}

#[test]
fn documents_bring_no_markup() {
    let calm = report(findings());
    let tags_of = |report: &Report| tags(&written("html", report, plain(80)));
    let expected = tags_of(&calm);
    for text in HOSTILE {
        let mut hostile = calm.clone();
        for finding in &mut hostile.findings {
            text.clone_into(&mut finding.message);
            text.clone_into(&mut finding.label);
            text.clone_into(&mut finding.page);
            finding.path = format!("docs/{text}.md").into();
            finding.data.insert("old".to_owned(), json!(text));
            finding.data.insert("new".to_owned(), json!(format!("{text} 5")));
        }
        for notice in &mut hostile.notices {
            text.clone_into(&mut notice.message);
            notice.path = Some(text.into());
        }
        for page in &mut hostile.summary.listing {
            page.path = text.into();
        }
        assert_eq!(tags_of(&hostile), expected, "{text}");
        let page = written("html", &hostile, plain(80));
        let data: Value = serde_json::from_str(&data(&page)).unwrap();
        assert_eq!(data["findings"][0]["message"], json!(visible(text)));
        assert_eq!(data["pages"][0]["path"], json!(visible(text)));
    }
}

#[test]
fn what_was_reworded_is_between_both_sides() {
    let mut findings = findings();
    let reworded = &mut findings[3];
    reworded.data.insert("old".to_owned(), json!("Every answer names the version."));
    reworded.data.insert("new".to_owned(), json!("Every answer names its version."));
    let page = written("html", &report(findings), plain(80));
    let data: Value = serde_json::from_str(&data(&page)).unwrap();
    let panes = data["findings"][3]["panes"].as_array().unwrap();
    let states: Vec<_> = panes.iter().map(|pane| (pane["role"].as_str().unwrap(), &pane["runs"])).collect();
    assert_eq!(states[0].0, "here");
    assert_eq!(states[1], ("was", &json!(["Every answer names ", "the", " version."])));
    assert_eq!(states[2], ("now", &json!(["Every answer names ", "its", " version."])));
}

#[test]
fn every_finding_has_a_page_and_every_page_its_documents() {
    let mut report = report(findings());
    report.summary.listing.truncate(1);
    let page = written("html", &report, plain(80));
    let data: Value = serde_json::from_str(&data(&page)).unwrap();
    assert_eq!(
        data["pages"],
        json!([
            {"path": "plans.md", "documents": "++++"},
            {"path": "docs.sv-SE/gone.md", "documents": "...."},
        ])
    );
    let pages: Vec<_> = data["findings"].as_array().unwrap().iter().map(|finding| &finding["page"]).collect();
    assert_eq!(pages, [0, 0, 0, 0, 0, 1]);
}
