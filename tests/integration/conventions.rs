//! The conventions for messages in `CONTRIBUTING.md`, checked in the sources, in the documentation and in the program's output.

use std::fs;

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value;

use crate::support::{crate_folder, isogloss};

/// Words of the project's former dialect, and British spellings.
const BANNED: &[&str] = &[
    "stand",
    "stands",
    "stood",
    "standing",
    "tell",
    "tells",
    "told",
    "telling",
    "mend",
    "mends",
    "mended",
    "mending",
    "leave out",
    "leaves out",
    "leaving out",
    "left out",
    "anybody",
    "nobody",
    "somebody",
    "read as",
    "at hand",
    "so many",
    "so much",
    "beside",
    "of its own",
    "of their own",
    "be that as it may",
    "is to be",
    "are to be",
    "colour",
    "colours",
    "recognise",
    "recognised",
    "behaviour",
    "licence",
    "normalise",
    "normalised",
];
/// The maximum length in characters of the text before the first piece of data.
const LONGEST: usize = 100;

/// The conventions that a message violates. `is_template` is true if it contains `{placeholders}` instead of data.
fn violations(message: &str, is_template: bool) -> Vec<String> {
    let mut found = banned(message);
    let text = message.trim_end();
    if text.ends_with('.') && !text.ends_with("..") && !text.contains(". ") {
        found.push("ends with a full stop".to_owned());
    }
    let data: &[char] =
        if is_template { &['{', '`'] } else { &['“', '`', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] };
    // A message is a statement, possibly with advice. In prose, each sentence is measured.
    let statements = text.split("; ").flat_map(|part| part.split(". "));
    if statements.map(|part| part.split(data).next().unwrap_or("").chars().count()).max() > Some(LONGEST) {
        found.push(format!("has more than {LONGEST} characters before its data"));
    }
    if text.contains("'{") || text.contains("\"{") || text.contains("\\\"{") {
        found.push("quotes data with straight quotes".to_owned());
    }
    if text.matches('“').count() != text.matches('”').count() {
        found.push("has an unpaired quotation mark".to_owned());
    }
    if is_template && text.matches('`').count() % 2 == 1 {
        found.push("has an unpaired backtick".to_owned());
    }
    found
}

/// The banned words in a text.
fn banned(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let words =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let padded = format!(" {words} ");
    let is_in = |word: &&&str| padded.contains(&format!(" {word} "));
    BANNED.iter().filter(is_in).map(|word| format!("says “{word}”")).collect()
}

/// The string literals of Rust code, with their lines. Resolves most escapes and skips comments.
fn literals(code: &str) -> Vec<(usize, String)> {
    let (mut found, mut rest, mut line) = (Vec::new(), code, 1);
    while let Some(c) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if let Some(raw) = rest.strip_prefix("r#\"") {
            let end = raw.find("\"#").unwrap_or(raw.len());
            found.push((line, raw[..end].to_owned()));
            end + 5
        } else if c == '"' {
            let end = closing(&rest[1..]);
            found.push((line, unescaped(&rest[1..=end])));
            end + 2
        } else if c == '\'' && rest[1..].starts_with('\\') {
            // `'\''` and `'\u{a0}'` are characters: a lifetime has no backslash.
            rest[3..].find('\'').map_or(1, |end| end + 4)
        } else if c == '\'' && rest[1..].chars().nth(1) == Some('\'') {
            2 + rest[1..].chars().next().map_or(0, char::len_utf8)
        } else {
            c.len_utf8()
        };
        let (token, after) = rest.split_at(skipped.min(rest.len()));
        line += token.matches('\n').count();
        rest = after;
    }
    found
}

/// The length in bytes of a string literal up to its closing quote.
fn closing(literal: &str) -> usize {
    let mut is_escaped = false;
    let is_end = |(_, byte): &(usize, u8)| {
        let ends = *byte == b'"' && !is_escaped;
        is_escaped = *byte == b'\\' && !is_escaped;
        ends
    };
    literal.bytes().enumerate().find(is_end).map_or(literal.len(), |(at, _)| at)
}

/// A literal with its line feeds, and its continuation lines joined.
fn unescaped(literal: &str) -> String {
    let mut parts = literal.split("\\\n");
    let first = parts.next().unwrap_or("").to_owned();
    parts.fold(first, |text, part| text + part.trim_start()).replace("\\n", "\n").replace("\\\"", "\"")
}

/// All files with this extension below a folder.
fn files(folder: &Utf8Path, ending: &str) -> Vec<Utf8PathBuf> {
    let mut found = Vec::new();
    for entry in folder.read_dir_utf8().unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(path, ending));
        } else if path.as_str().ends_with(ending) {
            found.push(path.to_owned());
        }
    }
    found.sort();
    found
}

/// The code of a source file without its tests.
fn without_tests(path: &Utf8Path) -> String {
    let code = fs::read_to_string(path).unwrap();
    code.split("#[cfg(test)]\nmod tests {").next().unwrap_or("").to_owned()
}

/// Whether a literal is prose, not a name, a pattern or markup.
fn is_sentence(literal: &str) -> bool {
    let is_word = |word: &&str| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    !literal.contains(['\n', '<']) && literal.split(' ').filter(is_word).count() >= 2
}

#[test]
fn messages_in_the_sources_keep_the_conventions() {
    let sources = crate_folder().join("src");
    let mut broken = Vec::new();
    let mut count = 0;
    for path in files(&sources, ".rs") {
        let is_of_tests = path.as_str().contains("tests") || path.strip_prefix(&sources).unwrap().starts_with("docs");
        if is_of_tests {
            continue;
        }
        for (line, literal) in literals(&without_tests(&path)).into_iter().filter(|(_, literal)| is_sentence(literal)) {
            count += 1;
            let of_literal = violations(&literal, true);
            broken.extend(of_literal.into_iter().map(|what| format!("{path}:{line}: {what}: {literal}")));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    assert!(count > 300, "only {count} messages found: the scanner misses most of them");
}

#[test]
fn errors_of_the_crates_keep_the_conventions() {
    let mut broken = Vec::new();
    let mut count = 0;
    for path in files(&crate_folder().join("crates"), ".rs") {
        let code = without_tests(&path);
        for error in code.split("#[error(").skip(1) {
            let Some((_, message)) = literals(error).into_iter().next() else { continue };
            count += 1;
            broken.extend(violations(&message, true).into_iter().map(|what| format!("{path}: {what}: {message}")));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    assert!(count > 10, "only {count} errors found");
}

#[test]
fn findings_of_the_fixtures_keep_the_conventions() {
    let fixtures = crate_folder().join("fixtures");
    let cases = fixtures.join("cases").read_dir_utf8().unwrap().map(|case| case.unwrap().path().join("bad"));
    let mut messages = Vec::new();
    for folder in cases.chain([fixtures.join("handbook")]) {
        let run = isogloss(folder.as_std_path(), &["check", "--no-history", "--format", "json"]).output().unwrap();
        let report: Value = serde_json::from_slice(&run.stdout).unwrap();
        let all = |key: &str| report[key].as_array().unwrap().clone();
        for finding in all("findings").iter().chain(&all("notices")) {
            let related = finding["related"].as_array().into_iter().flatten();
            let texts = std::iter::once(finding).chain(related).filter_map(|it| it["message"].as_str());
            messages.extend(texts.map(str::to_owned));
        }
    }
    messages.sort();
    messages.dedup();
    let quoted = |message: &str| message.split(['“', '”']).step_by(2).collect::<Vec<_>>().join("“”");
    let broken: Vec<String> = messages
        .iter()
        .flat_map(|message| {
            violations(&quoted(message), false).into_iter().map(move |what| format!("{what}: {message}"))
        })
        .collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    assert!(messages.len() > 60, "only {} messages found", messages.len());
}

#[test]
fn documentation_and_help_have_none_of_the_banned_words() {
    let folder = crate_folder();
    let pages = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "action.yml", ".pre-commit-hooks.yaml"];
    let mut paths: Vec<Utf8PathBuf> = pages.into_iter().map(|page| folder.join(page)).collect();
    paths.extend(files(&folder.join("docs"), ""));
    paths.push(folder.join("src/report/html/page.html"));
    let mut texts: Vec<(String, String)> =
        paths.into_iter().map(|path| (path.to_string(), fs::read_to_string(path).unwrap())).collect();
    for path in files(&folder.join("src/report/html"), ".js") {
        let script = fs::read_to_string(&path).unwrap();
        // Strings of several words are shown to users; the others are names.
        let shown: Vec<String> =
            literals(&script).into_iter().map(|(_, it)| it).filter(|it| it.contains(' ')).collect();
        texts.push((path.to_string(), shown.join("\n")));
    }
    for command in
        ["--help", "check", "init", "status", "diff", "explain", "rules", "config", "align", "quantities", "man"]
    {
        let run = isogloss(folder.as_std_path(), &[command, "--help"]).output().unwrap();
        texts.push((format!("isogloss {command} --help"), String::from_utf8(run.stdout).unwrap()));
    }
    let mut broken = Vec::new();
    for (name, text) in &texts {
        for (number, line) in text.lines().enumerate() {
            broken.extend(banned(line).into_iter().map(|what| format!("{name}:{}: {what}: {line:.200}", number + 1)));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn the_conventions_catch_what_breaks_them() {
    let breaks = |message: &str| violations(message, true).join(", ");
    assert_eq!(breaks("missing paragraph{rest}: “{quote}”"), "");
    assert_eq!(breaks("cannot read `{path}`: {error}; fix its permissions, or exclude it"), "");
    assert_eq!(breaks("the section stands elsewhere in {name}"), "says “stands”");
    assert_eq!(breaks("{count} documents are in no locale and left out"), "says “left out”");
    assert_eq!(breaks("cannot write `{file}`."), "ends with a full stop");
    assert_eq!(breaks("cannot write '{file}'"), "quotes data with straight quotes");
    assert_eq!(breaks("missing paragraph: “{quote}"), "has an unpaired quotation mark");
    assert_eq!(breaks("no such file: `{path}"), "has an unpaired backtick");
    assert_eq!(breaks(&format!("{} {{count}}", "long ".repeat(20))), "has more than 100 characters before its data");

    let code =
        "// \"a comment\"\nlet a = '\"'; let b = \"one \\\"two\\\" \\\n    three\"; let c = r#\"raw \"text\"\"#;";
    let found = [(2, "one \"two\" three".to_owned()), (3, "raw \"text\"".to_owned())];
    assert_eq!(literals(code), found);
}
