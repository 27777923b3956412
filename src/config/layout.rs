//! Which layout the paths follow, as configured.

use std::fmt;

use crate::locale::Locale;

/// How paths encode locale and page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum LayoutChoice {
    /// To be detected.
    #[default]
    Auto,
    /// One of the layouts that the program knows.
    Named(LayoutName),
    /// A pattern from the configuration.
    Pattern(Pattern),
}

/// The layouts that the program knows by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LayoutName {
    /// One folder a locale, side by side: `docs.en/…`, `docs.fr-FR/…`.
    SiblingRoots,
    /// A folder named like the locale anywhere in the path: `content/fr/…`, `docs/fr/docs/…`.
    LocaleFolders,
    /// The source's pages at the root and one folder a translation beside them: `guide.md`, `fr/guide.md`.
    SourceAtRoot,
    /// `docs/…` and `i18n/fr/docusaurus-plugin-content-docs/current/…`.
    Docusaurus,
    /// The locale before the extension: `guide.md`, `guide.fr.md`.
    Suffix,
}

impl LayoutName {
    /// All of them, in the order in which they are documented.
    pub const ALL: [Self; 5] =
        [Self::SiblingRoots, Self::LocaleFolders, Self::SourceAtRoot, Self::Docusaurus, Self::Suffix];

    /// The name as it is configured.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SiblingRoots => "sibling-roots",
            Self::LocaleFolders => "locale-folders",
            Self::SourceAtRoot => "source-at-root",
            Self::Docusaurus => "docusaurus",
            Self::Suffix => "suffix",
        }
    }
}

/// A path pattern with one `{locale}` and one `{path}`, such as `site/{locale}/pages/{path}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// What stands before the first placeholder, between the two, and after the second.
    before: String,
    between: String,
    after: String,
    locale_first: bool,
}

/// Why a text is no [`Pattern`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// A placeholder is missing or there twice.
    #[error("a pattern has exactly one `{0}`")]
    Count(&'static str),
    /// The placeholders touch, so that nothing tells where the locale ends.
    #[error("`{{locale}}` and `{{path}}` need something between them")]
    Adjacent,
    /// Something in braces that is no placeholder.
    #[error("a pattern has no placeholders but `{{locale}}` and `{{path}}`")]
    Placeholder,
    /// The pattern leaves the root.
    #[error("a pattern is relative to the root and cannot begin with `/` or `..`")]
    Outside,
}

const LOCALE: &str = "{locale}";
const PATH: &str = "{path}";

impl Pattern {
    /// Reads a pattern. A leading `./` is dropped.
    ///
    /// # Errors
    /// Unless it has each placeholder once, with something between them, and stays inside the root.
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        let text = text.strip_prefix("./").unwrap_or(text);
        if text.starts_with('/') || text.split('/').any(|part| part == "..") {
            return Err(PatternError::Outside);
        }
        let place = |placeholder: &'static str| match text.split_once(placeholder) {
            Some((before, after)) if !after.contains(placeholder) => Ok(before.len()),
            _ => Err(PatternError::Count(placeholder)),
        };
        let (locale, path) = (place(LOCALE)?, place(PATH)?);
        let locale_first = locale < path;
        let (first_end, second, second_end) = if locale_first {
            (locale + LOCALE.len(), path, path + PATH.len())
        } else {
            (path + PATH.len(), locale, locale + LOCALE.len())
        };
        let before = &text[..locale.min(path)];
        let (between, after) = (&text[first_end..second], &text[second_end..]);
        if [before, between, after].iter().any(|literal| literal.contains(['{', '}'])) {
            return Err(PatternError::Placeholder);
        }
        if between.is_empty() {
            return Err(PatternError::Adjacent);
        }
        Ok(Self { before: before.into(), between: between.into(), after: after.into(), locale_first })
    }

    /// The locale and the page's path that a file's path below its root holds, or `None` if it does not follow the
    /// pattern. `{locale}` stands for a language tag inside one folder or file name, the longest that fits.
    pub fn split<'p>(&self, path: &'p str) -> Option<(Locale, &'p str)> {
        let rest = path.strip_prefix(&*self.before)?.strip_suffix(&*self.after)?;
        let splits = rest.match_indices(&*self.between).map(|(at, between)| {
            let (left, right) = (&rest[..at], &rest[at + between.len()..]);
            if self.locale_first { (left, right) } else { (right, left) }
        });
        splits
            .filter(|(tag, path)| !path.is_empty() && !tag.contains('/'))
            .filter_map(|(tag, path)| Some((Locale::parse(tag)?, path)))
            .max_by_key(|(locale, _)| locale.as_str().len())
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, second) = if self.locale_first { (LOCALE, PATH) } else { (PATH, LOCALE) };
        write!(f, "{}{first}{}{second}{}", self.before, self.between, self.after)
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
            ("{locale}-{path}", "pt-BR-intro.md", Some(("pt-BR", "intro.md"))),
            ("{path}/{locale}.md", "guide/sync/sv.md", Some(("sv", "guide/sync"))),
            ("site/{locale}/pages/{path}", "site/fr/a.md", None),
            ("site/{locale}/{path}", "site/components/a.md", None),
            ("site/{locale}/{path}", "other/fr/a.md", None),
            ("{path}.{locale}.md", "guide.md", None),
            ("{locale}/{path}", "fr/", None),
        ] {
            let parsed = Pattern::parse(pattern).unwrap();
            let split = parsed.split(path);
            assert_eq!(split.as_ref().map(|(locale, path)| (locale.as_str(), *path)), expected, "{pattern} {path}");
            assert_eq!(parsed.to_string(), pattern.trim_start_matches("./"));
        }
    }

    #[test]
    fn a_pattern_that_cannot_work_is_refused() {
        for (pattern, error) in [
            ("{path}", PatternError::Count(LOCALE)),
            ("{locale}/a", PatternError::Count(PATH)),
            ("{locale}/{locale}/{path}", PatternError::Count(LOCALE)),
            ("{locale}{path}", PatternError::Adjacent),
            ("{locale}/{version}/{path}", PatternError::Placeholder),
            ("../{locale}/{path}", PatternError::Outside),
            ("/{locale}/{path}", PatternError::Outside),
            ("", PatternError::Count(LOCALE)),
        ] {
            assert_eq!(Pattern::parse(pattern), Err(error), "{pattern}");
        }
    }
}
