//! Link targets in a corpus: its documents, indexed by path.

use std::borrow::Cow;
use std::sync::OnceLock;

use camino::{Utf8Component, Utf8Path};
use rustc_hash::FxHashMap;

use super::page::{Corpus, Member, Page};
use super::paths;
use isogloss_text::Locale;

/// All documents of a corpus by path. The index is built on first use, since most runs never need it.
#[derive(Debug)]
pub struct Targets<'c> {
    corpus: &'c Corpus,
    by_path: OnceLock<FxHashMap<Cow<'c, Utf8Path>, Target<'c>>>,
}

/// A document that can be a link's target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target<'c> {
    /// Index of its page in [`Corpus::pages`].
    pub index: usize,
    /// Its page.
    pub page: &'c Page,
    /// The document.
    pub member: &'c Member,
}

impl<'c> Target<'c> {
    /// The locale of the document.
    pub fn locale(&self) -> &'c Locale {
        &self.member.locale
    }
}

impl<'c> Targets<'c> {
    /// An index of the documents in `corpus`.
    pub fn new(corpus: &'c Corpus) -> Self {
        Self { corpus, by_path: OnceLock::new() }
    }

    /// The corpus that the documents belong to.
    pub fn corpus(&self) -> &'c Corpus {
        self.corpus
    }

    /// The document at a path as printed in reports.
    pub fn get(&self, path: &Utf8Path) -> Option<Target<'c>> {
        self.by_path().get(&*normalized(path)).copied()
    }

    /// The document at `relative`, a path with `/` as separator, relative to the folder of the document at `from`. The lookup is
    /// purely lexical: symbolic links are not followed, and paths outside the roots are not found. Neither are absolute paths,
    /// since it depends on the site what they are relative to.
    pub fn relative(&self, from: &Utf8Path, relative: &str) -> Option<Target<'c>> {
        if relative.starts_with('/') {
            return None;
        }
        self.get(&from.parent()?.join(relative))
    }

    fn by_path(&self) -> &FxHashMap<Cow<'c, Utf8Path>, Target<'c>> {
        self.by_path.get_or_init(|| {
            let members = self.corpus.pages.iter().enumerate().flat_map(|(index, page)| {
                page.members.iter().map(move |member| (normalized(&member.path), Target { index, page, member }))
            });
            members.collect()
        })
    }
}

/// [`paths::normalized`] without a copy of what is normalized already: most paths are.
fn normalized(path: &Utf8Path) -> Cow<'_, Utf8Path> {
    // Paths are compared by components, which ignore doubled separators and any inner `.`.
    let is_plain = path.components().all(|part| matches!(part, Utf8Component::Normal(_)));
    if is_plain { Cow::Borrowed(path) } else { Cow::Owned(paths::normalized(path)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::page::pair;

    fn corpus(root: &str) -> Corpus {
        let documents = [("en", "guide/index.md"), ("en", "plans.md"), ("fr", "plans.md")];
        let members = documents.map(|(locale, path)| Member {
            locale: Locale::parse(locale).unwrap(),
            path: format!("{root}{locale}/{path}").into(),
            key_path: path.into(),
            id: None,
            pin: None,
            family: 0,
        });
        pair(members.to_vec(), Locale::parse("en"))
    }

    #[test]
    fn documents_are_found_by_path() {
        for root in ["", "./", "../site/", "/srv/site/", "docs//"] {
            let corpus = corpus(root);
            let targets = Targets::new(&corpus);
            for (index, page) in corpus.pages.iter().enumerate() {
                for member in &page.members {
                    assert_eq!(targets.get(&member.path), Some(Target { index, page, member }), "{root}");
                }
            }
            assert_eq!(
                targets.get(Utf8Path::new(&format!("{root}en/./guide/../plans.md"))).unwrap().locale().as_str(),
                "en"
            );
            assert_eq!(targets.get("plans.md".into()), None);
        }
    }

    #[test]
    fn documents_are_found_from_each_other() {
        for root in ["", "./", "../site/", "/srv/site/"] {
            let corpus = corpus(root);
            let targets = Targets::new(&corpus);
            for (from, relative, expected) in [
                ("en/plans.md", "guide/index.md", Some("en/guide/index.md")),
                ("en/guide/index.md", "../plans.md", Some("en/plans.md")),
                ("en/guide/index.md", ".././guide//../plans.md", Some("en/plans.md")),
                ("en/guide/index.md", "../../fr/plans.md", Some("fr/plans.md")),
                ("en/plans.md", "plans.md", Some("en/plans.md")),
                ("en/plans.md", "/en/plans.md", None),
                ("en/plans.md", "guide", None),
                ("en/plans.md", "", None),
                ("en/plans.md", "../../../../../../plans.md", None),
            ] {
                let found = targets.relative(Utf8Path::new(&format!("{root}{from}")), relative);
                let path = found.map(|target| target.member.path.as_str());
                assert_eq!(path, expected.map(|path| format!("{root}{path}")).as_deref(), "{root} {from} {relative}");
            }
        }
    }
}
