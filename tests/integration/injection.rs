//! Untrusted text reaches a terminal or the log of a CI service as text, never as a command.

use crate::support::Tree;

/// Commands for terminals, GitHub Actions, Azure Pipelines and `TeamCity`.
const COMMANDS: &str = "\u{1B}]52;c;cHduZWQ=\u{7} \u{9B}31m \u{202E} ##vso[task.complete]x ##[error]x ##teamcity[x] \n::error::owned\r::stop";

/// Asserts that the output contains no commands, except for colors and the program's own commands.
fn assert_harmless(printed: &str, context: &str) {
    let plain = printed.replace("\u{1B}[0m", "");
    for c in plain.chars().filter(|c| !matches!(c, '\n' | '\t')) {
        assert!(
            !c.is_control() && !matches!(c, '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}'),
            "{c:?} in {context}: {plain}"
        );
    }
    for line in plain.lines() {
        let is_command = line.trim_start().starts_with("::") && !line.trim_start().starts_with(":::");
        assert!(!is_command || line.contains("title="), "{context}: {line}");
        for mark in ["##vso[", "##[", "##teamcity["] {
            assert!(!line.contains(mark), "{context}: {line}");
        }
    }
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

#[test]
fn configuration_cannot_command_a_terminal_or_a_log() {
    let tree = Tree::new(&[("en/a.md", "Hello 24 hours\n"), ("fr/a.md", "Bonjour 25 heures\n")]);
    let text = quoted(COMMANDS);
    for configuration in [
        format!("source: {text}\n"),
        format!("{text}: 1\n"),
        format!("rules: {{{text}: off}}\n"),
        format!("rules: {{sla-mismatch: {text}}}\n"),
        format!("extends: {text}\n"),
        format!("layout: {text}\n"),
        format!("exclude: [{}]\n", quoted(&format!("{COMMANDS}["))),
        format!("baseline: {text}\n"),
        format!("roots: [{text}]\n"),
        format!("roots: {{{text}: en}}\n"),
        format!("locales: [{text}]\n"),
        format!("pin-pattern: {}\n", quoted(&format!("{COMMANDS}("))),
        format!("source-repository: {text}\n"),
        format!("preset: {text}\n"),
        format!("overrides: [{{paths: [{text}], rules: {{x: off}}}}]\n"),
        format!("source: en # {}\nx: 1\n", COMMANDS.replace(['\n', '\r'], " ")),
    ] {
        tree.write("isogloss.yaml", &configuration);
        for arguments in [&["check", "--no-history"][..], &["check"], &["status"], &["config"], &["init", "--print"]] {
            let run = tree.isogloss(arguments);
            assert_harmless(&run.stdout, &format!("{arguments:?} with {configuration}"));
            assert_harmless(&run.stderr, &format!("{arguments:?} with {configuration}"));
        }
    }
}

#[test]
fn a_baseline_cannot_command_a_terminal_or_a_log() {
    let tree = Tree::new(&[("en/a.md", "Hello 24 hours\n"), ("fr/a.md", "Bonjour 25 heures\n")]);
    let text = quoted(COMMANDS);
    for baseline in [
        format!("{{\"isogloss-baseline\": 1, \"findings\": [], {text}: 1}}"),
        format!("{{\"isogloss-baseline\": {text}, \"findings\": []}}"),
        format!(
            "{{\"isogloss-baseline\": 1, \"findings\": [{{\"page\": \"a\", \"locale\": {text}, \"rule\": \"x\", \"fingerprint\": \"z\"}}]}}"
        ),
        format!(
            "{{\"isogloss-baseline\": 1, \"findings\": [{{\"page\": {text}, \"locale\": \"fr\", \"rule\": {text}, \"fingerprint\": \"0123456789abcdef\"}}]}}"
        ),
    ] {
        tree.write("isogloss-baseline.json", &baseline);
        let run = tree.isogloss(&["check", "--no-history"]);
        assert_harmless(&run.stdout, &baseline);
        assert_harmless(&run.stderr, &baseline);
    }
}

#[cfg(unix)]
#[test]
fn names_and_texts_of_documents_cannot_command_a_terminal_or_a_log() {
    let name = COMMANDS.replace('/', "");
    let english = format!("---\ntitle: {}\n---\n# {COMMANDS}\n\n- {COMMANDS} 24 hours\n", quoted(COMMANDS));
    let french = format!("# {COMMANDS}\n\n- {COMMANDS} 25 heures\n\n<!-- isogloss-disable {COMMANDS} -->\n");
    let french = format!("{french}\n<!-- isogloss-disable-file date-mismatch {COMMANDS} -->\n");
    let tree = Tree::new(&[
        (format!("{name}.md").as_str(), english.as_str()),
        (format!("{name}.fr.md").as_str(), french.as_str()),
        ("::error::owned.md", english.as_str()),
        ("::error::owned.fr.md", french.as_str()),
        (" ::warning::owned.fr.md", "caf\u{e9}"),
    ]);
    for format in isogloss::report::FORMATS {
        for color in ["never", "always"] {
            let run = tree.isogloss(&["check", "--no-history", "--format", format.name, "--color", color]);
            assert_eq!(run.code, 1, "{}", format.name);
            let has_fixes = matches!(format.name, "json" | "jsonl" | "sarif");
            assert!(!has_fixes || run.stdout.contains("\"fixes\":"), "{}", format.name);
            assert_harmless(&without_colors(&run.stdout), format.name);
            assert_harmless(&without_colors(&run.stderr), format.name);
        }
    }
    for arguments in
        [&["status", "--no-history"][..], &["diff", "--no-history", "::error::owned.md"], &["init", "--print"]]
    {
        let run = tree.isogloss(arguments);
        assert_harmless(&run.stdout, &format!("{arguments:?}"));
        assert_harmless(&run.stderr, &format!("{arguments:?}"));
    }
}

/// The text without sequences that select colors.
#[cfg(unix)]
fn without_colors(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("\u{1B}[") {
        let (before, code) = rest.split_at(at);
        out.push_str(before);
        let end = code[2..].find(|c: char| !c.is_ascii_digit() && c != ';').map_or(code.len(), |end| end + 2);
        let is_color = code[end..].starts_with('m');
        out.push_str(if is_color { "" } else { &code[..end] });
        rest = &code[end + usize::from(is_color)..];
    }
    out + rest
}

#[test]
fn arguments_cannot_command_a_terminal_or_a_log() {
    let tree = Tree::new(&[("en/a.md", "Hello 24 hours\n"), ("fr/a.md", "Bonjour 25 heures\n")]);
    for arguments in [
        &["check", COMMANDS][..],
        &["check", "--source", COMMANDS],
        &["check", "--select", COMMANDS],
        &["check", "--changed-since", COMMANDS],
        &["check", "--format", COMMANDS],
        &["check", "--config", COMMANDS],
        &["check", "--baseline", COMMANDS],
        &["diff", COMMANDS],
        &["explain", COMMANDS],
        &["quantities", "--locale", "fr", COMMANDS],
        &[COMMANDS],
    ] {
        let run = tree.isogloss(arguments);
        assert_ne!(run.code, 0, "{arguments:?}");
        assert_harmless(&run.stdout, &format!("{arguments:?}"));
        assert_harmless(&run.stderr, &format!("{arguments:?}"));
    }
}
