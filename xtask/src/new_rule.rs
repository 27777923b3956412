//! Adds a rule from the templates.

use std::fs;
use std::path::Path;

/// The files of a rule, each with its template; paths may contain `{id}` or `{module}`.
const TEMPLATES: [(&str, &str); 6] = [
    ("src/rules/{module}.rs", include_str!("../templates/rule.rs.txt")),
    ("docs/rules/{id}.md", include_str!("../templates/page.md.txt")),
    ("fixtures/cases/{id}/bad/en/page.md", include_str!("../templates/source.md.txt")),
    ("fixtures/cases/{id}/bad/nl/page.md", include_str!("../templates/bad.md.txt")),
    ("fixtures/cases/{id}/good/en/page.md", include_str!("../templates/source.md.txt")),
    ("fixtures/cases/{id}/good/nl/page.md", include_str!("../templates/good.md.txt")),
];

/// The file with the list of rules.
const LIST: &str = "src/rules/mod.rs";

/// Adds the rule `id` below `root`, and returns the remaining steps.
///
/// # Errors
/// If the id is not in kebab case or already exists, or if a file cannot be written. Nothing is overwritten.
pub(crate) fn add(root: &Path, id: &str) -> Result<String, String> {
    if !is_kebab_case(id) {
        return Err(format!("`{id}` is not in kebab case, as `missing-paragraph` is"));
    }
    let module = id.replace('-', "_");
    let list = fs::read_to_string(root.join(LIST)).map_err(|error| format!("cannot read {LIST}: {error}"))?;
    let list = with_entry(&list, &module).ok_or_else(|| format!("cannot add `{module}` to {LIST}: is it there?"))?;
    let fill = |text: &str| text.replace("{id}", id).replace("{module}", &module);
    let files: Vec<(String, String)> = TEMPLATES.iter().map(|(path, text)| (fill(path), fill(text))).collect();
    if let Some((path, _)) = files.iter().find(|(path, _)| root.join(path).exists()) {
        return Err(format!("{path} exists"));
    }
    for (path, text) in &files {
        write(root, path, text)?;
    }
    write(root, LIST, &list)?;
    let made: Vec<String> = files.iter().map(|(path, _)| format!("  {path}\n")).collect();
    Ok(format!(
        "Made:\n{}  an entry in {LIST}\n\nTo do:\n\
         \x20 1. fill in the rule, its page, and what is wrong in fixtures/cases/{id}/bad\n\
         \x20 2. UPDATE_DOCS=1 cargo test --lib docs\n\
         \x20 3. INSTA_UPDATE=always cargo test --test integration cases, and read the snapshots\n\
         \x20 4. TRYCMD=overwrite cargo test --test integration commands, and read the diff\n\
         \x20 5. cargo test",
        made.concat()
    ))
}

fn is_kebab_case(id: &str) -> bool {
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
    id.contains('-') && id.split('-').all(is_word)
}

fn write(root: &Path, path: &str, text: &str) -> Result<(), String> {
    let file = root.join(path);
    let folder = file.parent().unwrap_or(root);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(&file, text))
        .map_err(|error| format!("cannot write {path}: {error}"))
}

/// Inserts a rule into the list: its module in alphabetical order, and its entry at the end. `None` if the module already exists
/// or the list does not have the expected form.
fn with_entry(list: &str, module: &str) -> Option<String> {
    let declaration = format!("mod {module};");
    let mut lines: Vec<String> = list.lines().map(str::to_owned).collect();
    // The modules of rules are in the last group, after those that rules share.
    let end = lines.iter().rposition(|line| line.starts_with("mod "))?;
    let start = lines[..end].iter().rposition(|line| !line.starts_with("mod "))? + 1;
    let at = lines[start..=end].iter().position(|line| *line >= declaration).map_or(end + 1, |at| start + at);
    if lines.contains(&declaration) {
        return None;
    }
    lines.insert(at, declaration);
    let list = lines.iter().position(|line| line == "list! {")?;
    let close = list + lines[list..].iter().position(|line| line == "}")?;
    lines.insert(close, format!("    {module}"));
    Some(lines.join("\n") + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_added_once_and_in_order() {
        let list = "mod check;\nmod run;\n\nmod a_rule;\nmod c_rule;\n\nlist! {\n    c_rule\n    a_rule\n}\n";
        let added = with_entry(list, "b_rule").unwrap();
        let expected = "mod check;\nmod run;\n\nmod a_rule;\nmod b_rule;\nmod c_rule;\n\nlist! {\n    c_rule\n    a_rule\n    b_rule\n}\n";
        assert_eq!(added, expected);
        assert_eq!(with_entry(&added, "b_rule"), None);
        assert!(with_entry(list, "d_rule").unwrap().contains("mod c_rule;\nmod d_rule;\n\n"));
    }

    #[test]
    fn an_id_is_kebab_case() {
        for id in ["untranslated-text", "a-b-c"] {
            assert!(is_kebab_case(id), "{id}");
        }
        for id in ["", "rule", "-rule", "a--b", "A-b", "a_b", "a-b/c", "a-1"] {
            assert!(!is_kebab_case(id), "{id}");
        }
    }
}
