//! A path pattern from the configuration: `site/{locale}/pages/{path}`.

use std::fmt;

use regex::Regex;
use thiserror::Error;

use isogloss_text::Locale;

/// A path pattern with one `{locale}` and one `{path}`; `*` matches part of one name, `**` any folders.
#[derive(Debug, Clone)]
pub struct Pattern {
    written: String,
    /// Longer tags first: the first match with a valid locale wins.
    regexes: Vec<Regex>,
}

/// Why a string is not a valid [`Pattern`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PatternError {
    /// A placeholder is missing or occurs twice.
    #[error("pattern must contain `{0}` exactly once")]
    Count(&'static str),
    /// The placeholders are adjacent, so it is ambiguous where the locale ends.
    #[error("`{{locale}}` and `{{path}}` must be separated by other text")]
    Adjacent,
    /// Unknown placeholder in braces.
    #[error("unknown placeholder; expected `{{locale}}` or `{{path}}`")]
    Placeholder,
    /// The pattern leaves the root.
    #[error("pattern is relative to the root and cannot start with `/` or `..`")]
    Outside,
    /// The pattern is longer than any path.
    #[error("pattern too long")]
    Length,
}

/// Anything that may be a language tag.
const ANY_TAG: &[&str] = &["[A-Za-z0-9_-]+"];
/// Language, script and region, for a tag followed by a hyphen: the words after it may look like more of the tag.
const SHORT_TAGS: &[&str] = &[
    "[A-Za-z]{2,3}[-_][A-Za-z]{4}[-_](?:[A-Za-z]{2}|[0-9]{3})",
    "[A-Za-z]{2,3}[-_](?:[A-Za-z]{4}|[A-Za-z]{2}|[0-9]{3})",
    "[A-Za-z]{2,3}",
];

impl Pattern {
    /// Parses a pattern. A leading `./` is removed.
    ///
    /// # Errors
    /// If a placeholder does not occur exactly once, the two are adjacent, or the pattern leaves the root.
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        let text = text.strip_prefix("./").unwrap_or(text);
        if text.starts_with('/') || text.split('/').any(|part| part == "..") {
            return Err(PatternError::Outside);
        }
        for placeholder in ["{locale}", "{path}"] {
            if text.matches(placeholder).count() != 1 {
                return Err(PatternError::Count(placeholder));
            }
        }
        if text.contains("{locale}{path}") || text.contains("{path}{locale}") {
            return Err(PatternError::Adjacent);
        }
        if text.replace("{locale}", "").replace("{path}", "").contains(['{', '}']) {
            return Err(PatternError::Placeholder);
        }
        let ends_at_hyphen = text.split("{locale}").nth(1).is_some_and(|after| after.starts_with(['-', '_']));
        let tags = if ends_at_hyphen { SHORT_TAGS } else { ANY_TAG };
        // Escaping puts a backslash before `*`, `{` and `}`.
        let escaped = regex::escape(text)
            .replace(r"\{path\}", "(?<path>.+)")
            .replace(r"\*\*/", "(?:(.+)/)?")
            .replace(r"\*\*", "(.*)")
            .replace(r"\*", "([^/]*)");
        let with_tag = |tag| Regex::new(&format!("^{}$", escaped.replace(r"\{locale\}", &format!("(?<locale>{tag})"))));
        let regexes: Result<_, _> = tags.iter().map(with_tag).collect();
        Ok(Self { written: text.to_owned(), regexes: regexes.map_err(|_| PatternError::Length)? })
    }

    /// The locale and the page's path in a file's path below its root, or `None` if it does not match the pattern. The page's
    /// path is what the wildcards match, followed by what `{path}` matches.
    pub fn split(&self, path: &str) -> Option<(Locale, String)> {
        self.regexes.iter().find_map(|regex| split(regex, path))
    }
}

fn split(regex: &Regex, path: &str) -> Option<(Locale, String)> {
    let found = regex.captures(path)?;
    let locale = Locale::parse(found.name("locale")?.as_str())?;
    let wildcards = regex.capture_names().enumerate().skip(1).filter(|(_, name)| name.is_none());
    let mut parts: Vec<&str> =
        wildcards.filter_map(|(at, _)| Some(found.get(at)?.as_str())).filter(|part| !part.is_empty()).collect();
    parts.push(found.name("path")?.as_str());
    Some((locale, parts.join("/")))
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.written == other.written
    }
}

impl Eq for Pattern {}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_splits_paths_into_locale_and_page() {
        for (pattern, path, expected) in [
            ("site/{locale}/pages/{path}", "site/pt-br/pages/a/b.md", Some(("pt-BR", "a/b.md"))),
            ("./{locale}/{path}", "fr/a.md", Some(("fr", "a.md"))),
            ("{path}.{locale}.md", "guide/v1.2.zh-Hans.md", Some(("zh-Hans", "guide/v1.2"))),
            ("{locale}-{path}", "pt-BR-first-steps.md", Some(("pt-BR", "first-steps.md"))),
            ("{locale}-{path}", "pt-BR-intro.md", Some(("pt-BR", "intro.md"))),
            ("{locale}-{path}", "fr-easy-steps.md", Some(("fr", "easy-steps.md"))),
            ("{locale}_{path}", "zh_hant_hk_easy.md", Some(("zh-Hant-HK", "easy.md"))),
            ("{path}/{locale}.md", "guide/sync/sv.md", Some(("sv", "guide/sync"))),
            ("packages/*/docs/{locale}/{path}", "packages/core/docs/fr/a.md", Some(("fr", "core/a.md"))),
            ("packages/*/docs/{locale}/{path}", "packages/a/b/docs/fr/a.md", None),
            ("**/i18n/{locale}/{path}", "a/b/i18n/fr/c/d.md", Some(("fr", "a/b/c/d.md"))),
            ("**/i18n/{locale}/{path}", "i18n/fr/d.md", Some(("fr", "d.md"))),
            ("docs-v*/{locale}/{path}", "docs-v2/fr/d.md", Some(("fr", "2/d.md"))),
            ("a+b/{locale}/{path}", "a+b/fr/d.md", Some(("fr", "d.md"))),
            ("site/{locale}/pages/{path}", "site/fr/a.md", None),
            ("site/{locale}/{path}", "site/components/a.md", None),
            ("site/{locale}/{path}", "other/fr/a.md", None),
            ("{path}.{locale}.md", "guide.md", None),
            ("{locale}/{path}", "fr/", None),
        ] {
            let parsed = Pattern::parse(pattern).unwrap();
            let split = parsed.split(path);
            assert_eq!(
                split.as_ref().map(|(locale, path)| (locale.as_str(), path.as_str())),
                expected,
                "{pattern} {path}"
            );
            assert_eq!(parsed.to_string(), pattern.trim_start_matches("./"));
        }
    }

    #[test]
    fn a_pattern_that_cannot_work_is_refused() {
        for (pattern, error) in [
            ("{path}", PatternError::Count("{locale}")),
            ("{locale}/a", PatternError::Count("{path}")),
            ("{locale}/{locale}/{path}", PatternError::Count("{locale}")),
            ("{locale}{path}", PatternError::Adjacent),
            ("{locale}/{version}/{path}", PatternError::Placeholder),
            ("../{locale}/{path}", PatternError::Outside),
            ("/{locale}/{path}", PatternError::Outside),
            ("", PatternError::Count("{locale}")),
        ] {
            assert_eq!(Pattern::parse(pattern), Err(error), "{pattern}");
        }
    }
}
