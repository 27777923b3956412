//! `docs/configuration.md` and `docs/isogloss.schema.json`, generated from the types; `UPDATE_DOCS=1 cargo test` writes them.

use std::fmt::Write as _;

use serde_json::Value;

use super::read::{KEYS, OVERRIDE_KEYS};
use super::{Config, schema};
use crate::docs::assert_up_to_date;

const HEAD: &str = "\
<!-- Generated from the code by `UPDATE_DOCS=1 cargo test`: edit src/config/raw.rs or src/config/docs.rs instead. -->

# Configuration

isogloss works without configuration, and `isogloss init` writes a file that fits your documents. The file is named
`isogloss.yaml` (or `.isogloss.yaml`) and is searched for in the current folder and its parents. `--config FILE` uses another
one, and `--no-config` none. Command-line options override the file.

Every key is optional. Relative paths and globs are relative to the file's folder. Unknown keys, values of the wrong type, and
unknown rules, locales, globs or folders are errors, and all of them are reported at once, each at its line:

```text
isogloss.yaml:2:3: error: unknown rule `sla-mismach` (did you mean `sla-mismatch`?)
```

The file must be a regular file of at most 1 MiB. Unless `--config` names it, it must not be a symbolic link, and the files that
it extends and its baseline must be in the same repository. See [Limits](#limits) at the end of this page.

For completion in an editor, start the file with this line, with the path or address of the schema:

```yaml
# yaml-language-server: $schema=isogloss.schema.json
```

## Example

";

const EXAMPLE: &str = "\
source: en
locales: [fr, pt-BR, sv]
layout: locale-folders
rules:
  number-mismatch: off
  missing-source-commit: warning
overrides:
  - paths: [\"**/release-notes/**\"]
    locales: [sv]
    rules:
      missing-translation: off
exclude: [CHANGELOG.md, \"docs/*/drafts\"]
fail-on: warning
";

const LIMITS: &str = "
## Limits

A checkout may come from an untrusted source, so the configuration has limits. Exceeding one is an error at that place.

| what | at most |
|---|---|
| size of a file | 1 MiB |
| files that extend each other | 16 |
| levels of lists and maps | 64 |
| values copied by anchors and aliases | 100,000 |
| entries of a list or map | 1,000 |
| globs of a list | 5,000 |
| bytes of a glob | 1,024 |
| globs and wildcards in total | 20,000 |
| `id-keys` and `pin-keys` | 100 each |
| `pin-pattern` | 1,024 bytes, 16 wildcards |
| `layout` | 1,024 bytes, 32 `*` |
| errors shown per file | 50 |

Ignore files (`.gitignore` and `.isoglossignore`) have limits too. A file that exceeds them or is not a regular file is not
applied: a notice names it, and the exit code is 3 unless it is a symbolic link, which git does not follow either.

| what | at most |
|---|---|
| size of an ignore file | 1 MiB |
| patterns and wildcards in an ignore file | 20,000 |
| patterns and wildcards in all ignore files of a run; exceeding it is exit code 2 | 60,000 |
| bytes of a pattern | 1,024 |
";

/// The full text of `docs/configuration.md`.
fn reference(schema: &Value) -> String {
    let mut page = format!("{HEAD}```yaml\n{EXAMPLE}```\n\n## Keys\n");
    for (name, key) in properties(schema) {
        let _ = write!(page, "\n### `{name}`\n\n{}\n", description(key));
        let _ = write!(page, "\n- Type: {}\n", type_of(key));
        if let Some(default) = key.get("default") {
            let _ = writeln!(page, "- Default: `{}`", inline(default));
        }
        if let Some(example) = key["examples"].get(0) {
            let _ = writeln!(page, "- Example: `{name}: {}`", inline(example));
        }
        let nested: Vec<_> = properties(&key["items"]).collect();
        if !nested.is_empty() {
            page.push_str("\nEach item is a map of:\n\n");
        }
        for (name, key) in nested {
            let _ = writeln!(page, "- `{name}`, {}: {}", type_of(key), description(key));
        }
    }
    page + LIMITS
}

fn properties(schema: &Value) -> impl Iterator<Item = (&str, &Value)> {
    schema["properties"].as_object().into_iter().flatten().map(|(name, key)| (name.as_str(), key))
}

fn description(key: &Value) -> &str {
    key["description"].as_str().expect("every key has a comment")
}

/// The type of a key's value, in words.
fn type_of(key: &Value) -> String {
    if let Some(alternatives) = key["anyOf"].as_array() {
        // Every key may be null; don't mention it.
        let values = alternatives.iter().filter(|value| value["type"] != "null");
        return values.map(type_of).collect::<Vec<_>>().join(", or ");
    }
    if let Some(words) = key["enum"].as_array() {
        let words: Vec<_> = words.iter().filter_map(Value::as_str).map(|word| format!("`{word}`")).collect();
        return format!("one of {}", words.join(", "));
    }
    let name = match &key["type"] {
        Value::Array(names) => &names[0],
        name => name,
    };
    match name.as_str().expect("every value has a type") {
        "string" if key.get("pattern").is_some() => "a pattern".to_owned(),
        "string" => "a string".to_owned(),
        "boolean" => "`true` or `false`".to_owned(),
        "array" if key["items"].get("properties").is_some() => "a list of maps".to_owned(),
        "array" => "a list of strings".to_owned(),
        "object" if key["title"] == "change" => "a map from class of change to level".to_owned(),
        "object" if key.get("properties").is_some() => "a map from rule to level".to_owned(),
        "object" => "a map from locale to path".to_owned(),
        other => panic!("no words for the type {other}"),
    }
}

/// A value in YAML flow style.
fn inline(value: &Value) -> String {
    match value {
        Value::String(text) if text.contains(['*', '{']) => format!("\"{text}\""),
        Value::String(text) => text.clone(),
        Value::Array(items) => format!("[{}]", items.iter().map(inline).collect::<Vec<_>>().join(", ")),
        Value::Object(map) => {
            let entries: Vec<_> = map.iter().map(|(key, value)| format!("{key}: {}", inline(value))).collect();
            format!("{{{}}}", entries.join(", "))
        }
        other => other.to_string(),
    }
}

#[test]
fn the_schema_and_the_reader_know_the_same_keys() {
    let schema = schema().to_value();
    assert_eq!(properties(&schema).map(|(name, _)| name).collect::<Vec<_>>(), KEYS);
    let overrides = &schema["properties"]["overrides"]["items"];
    assert_eq!(properties(overrides).map(|(name, _)| name).collect::<Vec<_>>(), OVERRIDE_KEYS);
}

#[test]
fn the_documentation_is_up_to_date() {
    let schema = schema().to_value();
    let json = format!("{}\n", serde_json::to_string_pretty(&schema).unwrap());
    assert_up_to_date("docs/isogloss.schema.json", &json);
    assert_up_to_date("docs/configuration.md", &reference(&schema));
}

#[test]
fn the_examples_are_read_without_a_mistake() {
    let temporary = tempfile::tempdir().unwrap();
    let base = camino::Utf8Path::from_path(temporary.path()).unwrap();
    for folder in [".git", "docs", "translations/fr/docs", "handbook-en", "site"] {
        std::fs::create_dir_all(base.join(folder)).unwrap();
    }
    std::fs::write(base.join("isogloss.yaml"), "").unwrap();
    let schema = schema().to_value();
    let examples = properties(&schema).filter_map(|(name, key)| Some((name, key["examples"].get(0)?)));
    let examples = examples.map(|(name, example)| format!("{name}: {}", inline(example)));
    for text in examples.chain([EXAMPLE.to_owned()]) {
        std::fs::write(
            base.join("site/isogloss.yaml"),
            text.replace("docs,", "../docs,").replace("translations", "../translations"),
        )
        .unwrap();
        Config::load(&"isogloss.yaml".into(), Vec::new(), &base.join("site")).unwrap();
    }
}
