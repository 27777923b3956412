//! What services must be able to rely on, whatever is in the documents.

use pulldown_cmark::{Event, Options as Extensions, Parser, Tag, TagEnd};
use quick_xml::events::Event as Xml;
use quick_xml::reader::Reader;

use super::*;
use crate::finding::Finding;
use crate::sanitize::visible;

/// Words that some format, or what reads it, would take for more.
const MARKUP: [&str; 10] = [
    "<img src=x onerror=alert(1)> &amp; ]]> \"quoted\" 'too'",
    "a | b || c \\| d \\",
    "[words](https://tidewater.example) ![image][1] <https://tidewater.example>",
    "www.tidewater.example https://tidewater.example help@tidewater.example",
    "**bold** _thin_ ~~gone~~ `code` ``` $x$ ^1^ {{ x }} :tada: == +-",
    "<!-- isogloss --> --> # @",
    "::error file=a.md::no 50 % %0A ##[group] ::stop-commands::x",
    "日本語 العربية e\u{301} 👩\u{200D}💻 “ ” …",
    "\u{FFFE}\u{FFFF}\0\u{1B}\r\n\t\u{85}\u{202E}",
    "",
];

/// A finding for each of the words, which are its message, its file and what is related to it.
fn marked_up() -> Vec<Finding> {
    let finding = |&text: &&str| {
        let finding = finding("sla-mismatch", Severity::Error, ("en", "4 hours"), text, text);
        let mut finding = with(finding, "en", "4 hours", text);
        finding.path = format!("docs/{text}.md").into();
        finding
    };
    MARKUP.iter().map(finding).collect()
}

/// What a service shows of a text.
fn shown(text: &str) -> String {
    visible(text).replace(['\u{FFFE}', '\u{FFFF}'], "\u{FFFD}")
}

fn many(count: usize) -> Vec<Finding> {
    let mut many: Vec<Finding> = findings().into_iter().cycle().take(count).collect();
    crate::finding::number_alike(&mut many);
    many
}

#[test]
fn markdown_of_documents_stays_text() {
    let findings = marked_up();
    let text = written("markdown", &report(findings.clone()), plain(80));
    let mut cells: Vec<Vec<String>> = Vec::new();
    for event in Parser::new_ext(&text, Extensions::ENABLE_TABLES | Extensions::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Start(Tag::TableRow) => cells.push(Vec::new()),
            Event::Start(Tag::TableCell) if !cells.is_empty() => cells.last_mut().unwrap().push(String::new()),
            Event::Text(text) if !cells.is_empty() => cells.last_mut().unwrap().last_mut().unwrap().push_str(&text),
            Event::Html(html) => assert_eq!(html.trim_end(), "<!-- isogloss -->"),
            Event::InlineHtml(_)
            | Event::Code(_)
            | Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::Emphasis | Tag::Strikethrough) => {
                panic!("{event:?} in {text}")
            }
            Event::End(TagEnd::Table) if cells.len() >= findings.len() => break,
            _ => {}
        }
    }
    for (cells, finding) in cells.iter().zip(&findings) {
        let cells: Vec<String> = cells.iter().map(|cell| cell.replace('\u{200B}', "")).collect();
        let message = visible(&finding.message);
        assert_eq!(cells[1], format!("sla-mismatch: {message}").trim());
        assert_eq!(cells[2], format!("{}:5", visible(finding.path.as_str())));
        assert_eq!(cells.len(), 4);
    }
    assert!(!text.contains("www.") && !text.contains("s://") && !text.contains("@t"), "{text}");
}

#[test]
fn a_comment_is_never_longer_than_one_may_be() {
    let long = "日本語|".repeat(5000);
    let wordy = Finding { message: long.clone(), path: long.into(), ..many(1).remove(0) };
    for (findings, rows) in [(vec![wordy; 500], 20), (many(3000), 50)] {
        let count = findings.len();
        let text = written("markdown", &report(findings), plain(80));
        assert!(text.len() < 65_536, "{}", text.len());
        let listed = text.lines().filter(|line| line.starts_with("| ") && line.contains("**")).count();
        assert!(listed >= rows, "{listed}");
        let rest = text.lines().find(|line| line.starts_with("…and ")).unwrap().replace(',', "");
        assert!(rest.starts_with(&format!("…and {} more: ", count - listed)), "{rest}");
    }
    assert!(written("markdown", &report(many(3000)), plain(80)).contains("…and 2,950 more: 1,450 errors"));
}

#[test]
fn columns_in_sarif_are_utf16_code_units() {
    let text: Arc<str> = "# 🌊\n\n🌊 é 4 hours 日🌊\n".into();
    let place = |marked: &str| {
        let start = text.rfind(marked).unwrap();
        LineIndex::new(&text).range(&text, Span::new(start, start + marked.len()))
    };
    let mut finding = finding("sla-mismatch", Severity::Error, ("en", "4 hours"), "", "differs");
    finding = with(finding, "ja", "", "here");
    finding.range = place("4 hours 日🌊");
    finding.related[0].range = place("🌊 é");
    let edit = Edit { path: finding.path.clone(), range: place("日🌊\n"), replacement: String::new() };
    finding.fixes = vec![Fix { message: "remove it".into(), applicability: Applicability::Safe, edits: vec![edit] }];
    let regions = |text: Option<Arc<str>>| {
        let (mut out, read) = (Vec::new(), move |_: &Utf8Path| text.clone());
        (find("sarif").unwrap().write)(&report(vec![finding.clone()]), &Sources::new(&read), plain(80), &mut out)
            .unwrap();
        let run = &serde_json::from_slice::<Value>(&out).unwrap()["runs"][0];
        assert_eq!(run["columnKind"], "utf16CodeUnits");
        let result = &run["results"][0];
        let regions = [
            &result["locations"][0]["physicalLocation"]["region"],
            &result["relatedLocations"][0]["physicalLocation"]["region"],
            &result["fixes"][0]["artifactChanges"][0]["replacements"][0]["deletedRegion"],
        ];
        let keys = ["startLine", "startColumn", "endLine", "endColumn"];
        regions.map(|region| keys.map(|key| region[key].as_u64().unwrap()))
    };
    assert_eq!(regions(Some(text.clone())), [[3, 6, 3, 17], [3, 1, 3, 5], [3, 14, 4, 1]]);
    assert_eq!(regions(None), [[3, 5, 3, 15], [3, 1, 3, 4], [3, 13, 4, 1]], "in characters");
}

/// Reads a workflow command as the runner does.
fn read_command(line: &str) -> (String, Vec<(String, String)>, String) {
    let decoded = |text: &str| {
        [("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")]
            .iter()
            .fold(text.to_owned(), |text, (code, c)| text.replace(code, c))
    };
    let (head, data) = line.strip_prefix("::").unwrap().split_once("::").unwrap();
    let (command, properties) = head.split_once(' ').unwrap();
    let properties = properties.split(',').map(|property| property.split_once('=').unwrap());
    let properties = properties.map(|(name, value)| (name.to_owned(), decoded(value))).collect();
    (command.to_owned(), properties, decoded(data))
}

#[test]
fn annotations_are_read_as_they_were_meant() {
    let findings = marked_up();
    let text = written("github", &Report { notices: Vec::new(), ..report(findings.clone()) }, plain(80));
    assert_eq!(text.lines().count(), findings.len());
    for (line, finding) in text.lines().zip(&findings) {
        let (command, properties, data) = read_command(line);
        let (path, message) = (visible(finding.path.as_str()), visible(&finding.message));
        assert_eq!(command, "error");
        assert_eq!(properties[0], ("title".to_owned(), "sla-mismatch".to_owned()));
        assert_eq!(properties[1], ("file".to_owned(), path.to_string()));
        assert_eq!(data, format!("{path}:5:30: {message}\ndocs.en/plans.md:5:30: {message}"));
    }
}

#[test]
fn the_worst_come_first_and_what_was_not_checked_before_them() {
    let text = written("github", &report(findings()), plain(80));
    let commands: Vec<String> = text.lines().map(|line| read_command(line).0).collect();
    assert_eq!(commands, ["error", "error", "error", "error", "warning", "warning", "notice"]);
    assert!(text.starts_with("::error title=isogloss::the history is not there"), "{text}");
    assert_eq!(text.matches(",endLine=10\n").count() + text.matches(",col=").count(), 6, "{text}");
}

/// The attributes of all elements of that name, and the text in them, as a reader of XML gives them.
fn elements(text: &str, name: &str) -> Vec<(Vec<(String, String)>, String)> {
    let mut reader = Reader::from_str(text);
    let (mut found, mut open) = (Vec::new(), false);
    loop {
        match reader.read_event().unwrap() {
            Xml::Start(start) | Xml::Empty(start) if start.name().as_ref() == name => {
                let attributes = start.attributes().map(|attribute| {
                    let attribute = attribute.unwrap();
                    let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).unwrap();
                    (attribute.key.as_ref().to_owned(), value.into_owned())
                });
                found.push((attributes.collect::<Vec<_>>(), String::new()));
                open = true;
            }
            Xml::Text(text) if open => found.last_mut().unwrap().1.push_str(&text),
            Xml::GeneralRef(reference) if open => {
                let text = quick_xml::escape::unescape(&format!("&{};", &*reference)).unwrap().into_owned();
                found.last_mut().unwrap().1.push_str(&text);
            }
            Xml::End(_) => open = false,
            Xml::Eof => return found,
            _ => {}
        }
    }
}

fn attribute<'e>(element: &'e (Vec<(String, String)>, String), name: &str) -> &'e str {
    &element.0.iter().find(|(key, _)| key == name).unwrap_or_else(|| panic!("{name} in {element:?}")).1
}

#[test]
fn xml_says_what_was_found() {
    let findings = marked_up();
    let report = Report { notices: Vec::new(), ..report(findings.clone()) };
    let checkstyle = written("checkstyle", &report, plain(80));
    let (files, errors) = (elements(&checkstyle, "file"), elements(&checkstyle, "error"));
    let junit = written("junit", &report, plain(80));
    let (cases, failures) = (elements(&junit, "testcase"), elements(&junit, "failure"));
    // German, Japanese and Swedish passed.
    assert_eq!([files.len(), errors.len(), failures.len(), cases.len() - 3], [findings.len(); 4]);
    let named = cases.iter().filter(|case| case.0.iter().any(|(name, _)| name == "file"));
    for ((((finding, file), error), case), failure) in
        findings.iter().zip(&files).zip(&errors).zip(named).zip(&failures)
    {
        let (path, message) = (shown(finding.path.as_str()), shown(&finding.message));
        assert_eq!(attribute(file, "name"), path);
        assert_eq!((attribute(error, "message"), attribute(error, "line")), (message.as_str(), "5"));
        assert_eq!((attribute(case, "file"), attribute(case, "classname")), (path.as_str(), path.as_str()));
        assert_eq!(attribute(failure, "message"), message);
        assert_eq!(failure.1, format!("{path}:5:30: error: {message}\ndocs.en/plans.md:5:30: {message}"));
    }
    let total = &elements(&junit, "testsuites")[0];
    let counts = ["tests", "failures", "errors", "skipped"].map(|name| attribute(total, name));
    assert_eq!(counts, ["13", "10", "0", "0"]);
}

#[test]
fn equal_findings_are_distinguished() {
    let many = many(300);
    let report = report(many.clone());
    let issues: Value = serde_json::from_str(&written("gitlab", &report, plain(80))).unwrap();
    let mut fingerprints: Vec<&str> =
        issues.as_array().unwrap().iter().map(|issue| issue["fingerprint"].as_str().unwrap()).collect();
    fingerprints.sort_unstable();
    fingerprints.dedup();
    // One more for what could not be checked.
    assert_eq!(fingerprints.len(), many.len() + 1);
    let junit = written("junit", &report, plain(80));
    let mut names: Vec<_> = elements(&junit, "testcase").into_iter().map(|(attributes, _)| attributes).collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
fn no_format_reports_success_when_nothing_was_checked() {
    let incomplete = report(Vec::new());
    for (format, expected) in [
        ("github", "::error title=isogloss::the history is not there"),
        ("junit", "<error message=\"the history is not there"),
        ("sarif", "\"executionSuccessful\":false"),
        ("gitlab", "[{\"description\":\"the history is not there"),
        ("checkstyle", "severity=\"error\" message=\"the history is not there"),
        ("rdjson", "{\"message\":\"the history is not there"),
        ("markdown", "### isogloss: incomplete check\n\n> **Not checked:** the history"),
    ] {
        let text = written(format, &incomplete, plain(80));
        assert!(text.contains(expected), "{text}");
        assert!(!text.contains("no findings"), "{text}");
    }
    let clean = Report { notices: Vec::new(), ..incomplete };
    assert_eq!(written("github", &clean, plain(80)), "");
    assert!(written("markdown", &clean, plain(80)).contains("### isogloss: no findings\n"));
    assert!(written("sarif", &clean, plain(80)).contains("\"executionSuccessful\":true"));
}
