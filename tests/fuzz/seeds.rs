//! Seeds: the fixtures, the configurations shown in the documentation, and the dictionary.

use std::collections::BTreeMap;
use std::fs;

use camino::{Utf8Path, Utf8PathBuf};

use crate::engine::Random;
use crate::targets::TARGETS;

/// One document, or several that belong together, each after the line that introduces it.
pub(crate) struct Seed {
    pub parts: Vec<(String, String)>,
}

impl Seed {
    fn of(text: &str) -> Self {
        Self { parts: vec![(String::new(), text.to_owned())] }
    }

    /// The seed as an input.
    pub(crate) fn input(&self) -> String {
        self.parts.iter().map(|(mark, text)| format!("{mark}{text}")).collect()
    }
}

/// All parts of inputs.
pub(crate) struct Seeds {
    /// Tokens of the Markdown dialects and file formats.
    pub dictionary: Vec<String>,
    /// Texts of all kinds, to take parts from.
    pub pool: Vec<String>,
    by_target: BTreeMap<&'static str, Vec<Seed>>,
}

impl Seeds {
    /// Reads the fixtures of the crate, in a fixed order.
    pub(crate) fn collect() -> Self {
        let crate_folder = Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut files = Vec::new();
        for folder in ["fixtures", "docs/rules"] {
            read_all(&crate_folder.join(folder), &mut files);
        }
        let documents: Vec<&(Utf8PathBuf, String)> = files.iter().filter(|(path, _)| is_markdown(path)).collect();
        let mut by_target: BTreeMap<&'static str, Vec<Seed>> = BTreeMap::new();
        for target in TARGETS {
            let seeds = match target.name {
                "pair" | "reports" => pairs(&documents, false),
                "versions" => pairs(&documents, true),
                "configuration" => configurations(&files),
                "baseline" => vec![Seed::of(BASELINE)],
                "quantities" => quantities(&documents),
                "git_output" => GIT_OUTPUT.iter().map(|text| Seed::of(text)).collect(),
                _ => documents.iter().map(|(_, text)| Seed::of(text)).collect(),
            };
            by_target.insert(target.name, seeds);
        }
        let pool = files.iter().map(|(_, text)| text.clone()).collect();
        Self { dictionary: dictionary(include_str!("dictionary.txt")), pool, by_target }
    }

    /// The seeds of a target.
    pub(crate) fn of(&self, target: &str) -> &[Seed] {
        self.by_target.get(target).map_or(&[], Vec::as_slice)
    }
}

const BASELINE: &str = r#"{"isogloss-baseline": 1, "findings": [
{"page":"harbour.md","locale":"fr","rule":"number-mismatch","fingerprint":"5f2a90c1d4e87b36"},
{"page":"harbour.md","locale":"pt-BR","rule":"sla-mismatch","fingerprint":"00c4d1e2f3a59b78"}
]}
"#;

/// A log, responses about objects, changed files, an index and a tree.
const GIT_OUTPUT: [&str; 5] = [
    "\u{1}0f3c9a5e7b1d2f4a6c8e0b1d3f5a7c9e1b3d5f70 1767225600 71e2d3c4b5a6978812345678901234567890abcd\0\
     \n:100644 100644 1111111111111111111111111111111111111111 2222222222222222222222222222222222222222 M\0docs/en/sync.md\0\
     :000000 100644 0000000000000000000000000000000000000000 3333333333333333333333333333333333333333 A\0docs/fr/a b.md\0\
     \u{1}71e2d3c4b5a6978812345678901234567890abcd 1767139200 \0\
     \n:100644 000000 4444444444444444444444444444444444444444 0000000000000000000000000000000000000000 D\0docs/old.md\0",
    "5555555555555555555555555555555555555555 blob 6\n# Tide\nHEAD missing\n0f3c ambiguous\n\
     6666666666666666666666666666666666666666 commit 70\ntree 7777777777777777777777777777777777777777\n",
    ":100644 100644 1111111111111111111111111111111111111111 0000000000000000000000000000000000000000 M\0docs/en/sync.md\0\
     :160000 160000 8888888888888888888888888888888888888888 9999999999999999999999999999999999999999 M\0vendor/theme\0",
    "H 100644 1111111111111111111111111111111111111111 0\tdocs/en/sync.md\0  ctime: 1767225600:12345\n  \
     mtime: 1767225600:67890\n  dev: 1\tino: 2\n  uid: 0\tgid: 0\n  size: 6\tflags: 0\nS 160000 \
     8888888888888888888888888888888888888888 2\tvendor/theme\0  ctime: 0:0\n  mtime: 0:0\n  size: 0\tflags: 0\n",
    "100644 sync.md\0aaaaaaaaaaaaaaaaaaaa40000 en\0bbbbbbbbbbbbbbbbbbbb120000 link\0cccccccccccccccccccc",
];

fn read_all(folder: &Utf8Path, files: &mut Vec<(Utf8PathBuf, String)>) {
    let entries = folder.read_dir_utf8().into_iter().flatten().flatten();
    let mut paths: Vec<Utf8PathBuf> = entries.map(|entry| entry.path().to_owned()).collect();
    paths.sort_unstable();
    for path in paths {
        if path.is_dir() {
            read_all(&path, files);
        } else if let Ok(text) = fs::read_to_string(&path) {
            files.push((path, text));
        }
    }
}

fn is_markdown(path: &Utf8Path) -> bool {
    isogloss_document::is_markdown(path)
}

/// Documents with their translations, whose paths differ only in the folder of the locale. For `versions`, the source is included
/// twice.
fn pairs(documents: &[&(Utf8PathBuf, String)], versions: bool) -> Vec<Seed> {
    let mut seeds = Vec::new();
    for (path, source) in documents.iter().filter(|(path, _)| path.as_str().contains("/en/")) {
        let (before, after) = path.as_str().split_once("/en/").unwrap_or((path.as_str(), ""));
        for (other, translation) in documents {
            let Some(locale) = other.as_str().strip_prefix(before).and_then(|rest| rest.strip_suffix(after)) else {
                continue;
            };
            let locale = locale.trim_matches('/');
            if locale == "en" || locale.is_empty() || locale.contains('/') {
                continue;
            }
            let mark = format!("%%% {locale}.{}\n", path.extension().unwrap_or("md"));
            let mut parts = vec![(String::new(), source.clone())];
            parts.extend(versions.then(|| ("%%% en.md\n".to_owned(), source.clone())));
            parts.push((mark, translation.clone()));
            seeds.push(Seed { parts });
        }
    }
    seeds
}

fn configurations(files: &[(Utf8PathBuf, String)]) -> Vec<Seed> {
    let written = files.iter().filter(|(path, _)| path.extension() == Some("yaml")).map(|(_, text)| Seed::of(text));
    let shown = include_str!("../../docs/configuration.md").split("```").skip(1).step_by(2);
    let shown = shown.filter_map(|block| Some(Seed::of(block.split_once('\n')?.1)));
    written.chain(shown).collect()
}

/// Lines of documents, each in two random locales.
fn quantities(documents: &[&(Utf8PathBuf, String)]) -> Vec<Seed> {
    let locales = crate::targets::LOCALES;
    let mut random = Random::new(17, 0);
    let mut seeds = Vec::new();
    for (_, text) in documents {
        let lines: Vec<&str> = text.lines().filter(|line| line.contains(|c: char| c.is_numeric())).collect();
        for line in lines {
            let (source, translation) = (random.pick(locales), random.pick(locales));
            let mark = format!("{} {}\n", source.unwrap_or(&"en"), translation.unwrap_or(&"fr"));
            seeds.push(Seed { parts: vec![(mark, line.to_owned()), ("%%%".to_owned(), line.to_owned())] });
        }
    }
    seeds
}

/// Reads one quoted token per line, with `\xAB` for bytes.
fn dictionary(text: &str) -> Vec<String> {
    let lines = text.lines().filter_map(|line| line.strip_prefix('"')?.strip_suffix('"'));
    lines.map(unescape).collect()
}

fn unescape(token: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), token);
    while let Some((before, after)) = rest.split_once('\\') {
        bytes.extend_from_slice(before.as_bytes());
        let byte = after.strip_prefix('x').and_then(|digits| u8::from_str_radix(digits.get(..2)?, 16).ok());
        let (byte, length) = byte.map_or((after.bytes().next().unwrap_or(b'\\'), 1), |byte| (byte, 3));
        bytes.push(byte);
        rest = after.get(length..).unwrap_or_default();
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The dictionary in the format of libFuzzer.
pub(crate) fn escaped(dictionary: &[String]) -> String {
    let escape = |byte: u8| match byte {
        b'"' | b'\\' => format!("\\{}", char::from(byte)),
        b' '..=b'~' => char::from(byte).to_string(),
        _ => format!("\\x{byte:02x}"),
    };
    dictionary.iter().map(|token| format!("\"{}\"\n", token.bytes().map(escape).collect::<String>())).collect()
}
