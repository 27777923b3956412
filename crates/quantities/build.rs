//! Compiles `locales/*.yaml` into JSON that is included in the crate, and fails where a file does not say what
//! `LocaleData` can hold: a YAML error, an unknown key, a value of the wrong type, an unknown unit.

#![allow(unreachable_pub, reason = "files are shared with the library, where they are public")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use saphyr_parser::{Event, Parser, Span};
use serde_json::{Map, Value, json};

#[allow(dead_code)]
#[path = "src/locale_data.rs"]
mod locale_data;
#[allow(dead_code)]
#[path = "src/units.rs"]
mod units;

use locale_data::LocaleData;
use units::Unit;

/// Maps whose keys are numbers.
const NUMBERED: &[&str] = &[
    "cardinals",
    "ordinals",
    "magnitudes",
    "weak",
    "fractions",
    "and_fractions",
    "plus_fractions",
    "clock_offsets",
    "powers",
    "parts",
    "discounts",
    "part_prefixes",
    "minor_currencies",
    "days",
    "eras",
];
const DAY_PERIODS: &[&str] = &["am", "pm", "morning", "afternoon", "evening", "night", "noon", "midnight", "dusk"];

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=locales");
    match compile(Path::new("locales"), &PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            println!("cargo::error={message}");
            ExitCode::FAILURE
        }
    }
}

/// Writes a JSON file for each locale file, and `locales.rs` with the lists of them.
fn compile(folder: &Path, out: &Path) -> Result<(), String> {
    let (mut generated, mut idioms) = (Vec::new(), Vec::new());
    let mut lists = String::new();
    for path in yaml_files(folder)? {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let json = to_json(&path)?;
        let target = format!("{name}.json");
        fs::write(out.join(&target), json).map_err(|error| format!("{target}: {error}"))?;
        match name.strip_suffix(".idioms") {
            _ if name == "common" => {}
            Some(language) => idioms.push((language.to_owned(), target)),
            None => generated.push((name, target)),
        }
    }
    for (name, files) in [("GENERATED", generated), ("IDIOMS", idioms)] {
        // Writing to a string cannot fail.
        let _ = writeln!(lists, "const {name}: &[(&str, &str)] = &[");
        for (locale, file) in files {
            let _ = writeln!(lists, "    ({locale:?}, {}),", include(&file));
        }
        lists.push_str("];\n");
    }
    let _ = writeln!(lists, "const COMMON: &str = {};", include("common.json"));
    fs::write(out.join("locales.rs"), lists).map_err(|error| format!("locales.rs: {error}"))
}

/// The Rust expression for the contents of a file in the output folder.
fn include(file: &str) -> String {
    format!(r#"include_str!(concat!(env!("OUT_DIR"), "/{file}"))"#)
}

/// The YAML files of a folder, sorted by name.
fn yaml_files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let error = |error| format!("{}: {error}", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(error)? {
        let path = entry.map_err(error)?.path();
        if path.extension().is_some_and(|extension| extension == "yaml") {
            files.push(path);
        }
    }
    // By name without the ending, so that `zh` comes before `zh-Hant`.
    files.sort_by_cached_key(|path| path.file_stem().unwrap_or_default().to_owned());
    Ok(files)
}

/// The contents of a locale file as JSON, once it is certain that it is what the crate reads.
fn to_json(path: &Path) -> Result<String, String> {
    let shown = path.display();
    let text = fs::read_to_string(path).map_err(|error| format!("{shown}: {error}"))?;
    let node = parse(&text).map_err(|(line, message)| format!("{shown}:{line}: {message}"))?;
    check(&node).map_err(|(line, message)| format!("{shown}:{line}: {message}"))?;
    let json = node.to_value().to_string();
    match serde_json::from_str::<LocaleData>(&json) {
        Ok(_) => Ok(json),
        Err(error) => Err(format!("{shown}: {error}")),
    }
}

/// A line and what is wrong there.
type Fault = (usize, String);

/// A value of a YAML file, with the line where it begins.
struct Node {
    line: usize,
    content: Content,
}

enum Content {
    /// Types of scalars come from `LocaleData`, so `12` and `no` are strings here.
    Scalar(String),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

impl Node {
    fn to_value(&self) -> Value {
        match &self.content {
            Content::Scalar(text) => Value::from(text.as_str()),
            Content::List(items) => items.iter().map(Self::to_value).collect(),
            Content::Map(entries) => {
                Value::Object(entries.iter().map(|(key, value)| (key.clone(), value.to_value())).collect::<Map<_, _>>())
            }
        }
    }
}

/// Parses one YAML document of scalars, lists and maps; anchors and tags are not used in locale files.
fn parse(text: &str) -> Result<Node, Fault> {
    /// A collection that is not closed yet; a map's key waits for its value.
    enum Open {
        List(usize, Vec<Node>),
        Map(usize, Vec<(String, Node)>, Option<String>),
    }
    let mut open: Vec<Open> = Vec::new();
    let mut root = None;
    for event in Parser::new_from_str(text) {
        let (event, Span { start, .. }) = event.map_err(|error| (error.marker().line(), error.info().to_owned()))?;
        let line = start.line();
        let node = match event {
            Event::Scalar(text, ..) => Node { line, content: Content::Scalar(text.into_owned()) },
            Event::SequenceStart(..) => {
                open.push(Open::List(line, Vec::new()));
                continue;
            }
            Event::MappingStart(..) => {
                open.push(Open::Map(line, Vec::new(), None));
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => match open.pop() {
                Some(Open::List(line, items)) => Node { line, content: Content::List(items) },
                Some(Open::Map(line, entries, _)) => Node { line, content: Content::Map(entries) },
                None => continue,
            },
            Event::Alias(_) => return Err((line, "aliases are not supported in locale files".to_owned())),
            _ => continue,
        };
        match open.last_mut() {
            None => root = Some(node),
            Some(Open::List(_, items)) => items.push(node),
            Some(Open::Map(_, entries, key)) => match (key.take(), node.content) {
                (Some(key), content) => entries.push((key, Node { line: node.line, content })),
                (None, Content::Scalar(name)) if entries.iter().any(|(known, _)| *known == name) => {
                    return Err((line, format!("duplicate key `{name}`")));
                }
                (None, Content::Scalar(name)) => *key = Some(name),
                (None, _) => return Err((line, "a key must be a scalar".to_owned())),
            },
        }
    }
    root.ok_or_else(|| (1, "the file is empty".to_owned()))
}

/// Checks each key by itself, so that an error has the line of what causes it.
fn check(node: &Node) -> Result<(), Fault> {
    let Content::Map(entries) = &node.content else { return Err((node.line, "expected a map".to_owned())) };
    for (key, value) in entries {
        let fits =
            |value: Value| serde_json::from_value::<LocaleData>(json!({ key: value })).map_err(|it| it.to_string());
        if let Err(message) = fits(value.to_value()) {
            let part = match &value.content {
                Content::List(items) => items.iter().find(|item| fits(json!([item.to_value()])).is_err()),
                Content::Map(entries) => {
                    let misfits = |(key, value): &&(String, Node)| fits(json!({ key: value.to_value() })).is_err();
                    entries.iter().find(misfits).map(|(_, value)| value)
                }
                Content::Scalar(_) => None,
            };
            return Err((part.unwrap_or(value).line, format!("`{key}`: {message}")));
        }
        match &value.content {
            Content::Map(entries) => {
                for (name, value) in entries {
                    check_name(key, name).map_err(|message| (value.line, format!("`{key}`: {message}")))?;
                }
            }
            Content::Scalar(order) if key == "date_order" => {
                let mut letters: Vec<char> = order.chars().collect();
                letters.sort_unstable();
                if letters != ['d', 'm', 'y'] {
                    return Err((value.line, format!("`date_order`: {order:?} is not an order of `d`, `m` and `y`")));
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// Checks a key of one of the maps of a locale file, named `map`.
fn check_name(map: &str, name: &str) -> Result<(), String> {
    let is_unit = |name: &str| Unit::find(name).is_some();
    let is_valid = match map {
        "units" | "periodic" => is_unit(name),
        "durations" => name.split_once(' ').is_some_and(|(count, unit)| count.parse::<f64>().is_ok() && is_unit(unit)),
        "day_periods" => DAY_PERIODS.contains(&name),
        "currencies" => name.len() == 3 && name.bytes().all(|byte| byte.is_ascii_uppercase()),
        _ if NUMBERED.contains(&map) => name.parse::<f64>().is_ok(),
        _ => true,
    };
    if is_valid { Ok(()) } else { Err(format!("unknown key `{name}`")) }
}
