//! `stale-source`: the source changed since the recorded commit.

use serde_json::{Map, Value};

use super::check::Check;
use super::draft::{Draft, Sink};
use super::rule::{Needs, Rule};
use crate::analysis::{PageView, Past, Version};
use crate::finding::Severity;
use isogloss_align::changes::{ChangeClass, Changes};
use isogloss_history::PinState;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "stale-source",
    default: Some(Severity::Warning),
    summary: "The source page changed since the recorded commit",
    documentation: include_str!("../../docs/rules/stale-source.md"),
    needs: Needs::History,
};

/// Its check.
pub(super) const CHECK: Check = Check::Page(check);

fn check(page: &PageView<'_>, sink: &mut Sink<'_>) {
    for version in &page.versions {
        let Some(verdict) = version.verdict else { continue };
        let draft = match (&verdict.state, &version.pin) {
            (PinState::Changed { moved_from, .. }, _) => {
                let Some(past) = &version.past else { continue };
                let draft = changed(version, past);
                match moved_from {
                    Some(place) => draft.data("moved-from", place.as_str()),
                    None => draft,
                }
            }
            (PinState::AbsentAtPin, Some(pin)) => {
                let message = format!("source page did not exist at {}", short(&pin.id));
                Draft::at(version, pin.span, &pin.id, message).label("recorded source commit")
            }
            _ => continue,
        };
        let draft = match (&verdict.commit, commits(version)) {
            (Some(commit), Some(commits)) => draft.data("since", commit.date()).data("commits", commits),
            (Some(commit), None) => draft.data("since", commit.date()),
            _ => draft,
        };
        sink.report(&RULE, draft);
    }
}

/// Number of commits that changed the source since, if known.
fn commits(version: &Version<'_>) -> Option<usize> {
    version.revisions().map(|revisions| revisions.len())
}

fn changed(version: &Version<'_>, past: &Past) -> Draft {
    let identity = version.pin.as_ref().map_or("", |pin| &pin.id);
    let since = match version.verdict.and_then(|verdict| verdict.commit.as_ref()) {
        Some(commit) => format!("{} ({})", commit.short(), commit.date()),
        None => short(identity).to_owned(),
    };
    let commits = match commits(version) {
        Some(1) => " in 1 commit".to_owned(),
        Some(commits) if commits > 1 => format!(" in {commits} commits"),
        _ => String::new(),
    };
    let sum = Sum::new(&past.changes);
    let (guess, label) = if version.is_guess {
        (", estimated from the last change of the translation", "no source commit recorded")
    } else {
        ("", "translated from this version")
    };
    let message = format!("source changed{commits} since {since}{guess}: {}", sum.describe());
    let draft = Draft::at(version, version.pin_span(), identity, message).label(label).guessed(version);
    draft.data("classes", sum.classes()).data("counts", sum.counts()).classes(sum.present())
}

/// Number of changed blocks by class.
struct Sum {
    /// In the order of [`ChangeClass::ALL`]; for links, the number of links.
    changed: [usize; ChangeClass::ALL.len()],
    added: usize,
    removed: usize,
    reordered: usize,
}

impl Sum {
    fn new(changes: &Changes) -> Self {
        let (added, removed) = (changes.added.len(), changes.removed.len());
        let mut sum = Self { changed: [0; ChangeClass::ALL.len()], added, removed, reordered: changes.reordered };
        for change in &changes.changed {
            sum.changed[change.class as usize] += change.links.max(1) as usize;
        }
        sum.changed[ChangeClass::FrontMatter as usize] = usize::from(changes.front_matter);
        sum
    }

    /// The classes that occur. Added and removed blocks count as wording. Whitespace counts as punctuation, and so does
    /// order, which `section-order` and `block-order` report.
    fn present(&self) -> Vec<ChangeClass> {
        let occurs = |class: &ChangeClass| self.changed[*class as usize] > 0;
        let mut classes: Vec<ChangeClass> = ChangeClass::ALL.into_iter().filter(occurs).collect();
        if self.added + self.removed > 0 {
            classes.push(ChangeClass::Wording);
        }
        if classes.is_empty() {
            classes.push(ChangeClass::Punctuation);
        }
        classes
    }

    /// "3 paragraphs reworded, 1 added, 12 links changed".
    fn describe(&self) -> String {
        let of = |class: ChangeClass| self.changed[class as usize];
        let blocks = [
            (of(ChangeClass::Wording), "reworded"),
            (self.added, "added"),
            (self.removed, "removed"),
            (self.reordered, "moved"),
            (of(ChangeClass::Code), "with changed code"),
            (of(ChangeClass::Number), "with changed numbers"),
            (of(ChangeClass::Markup), "with changed markup"),
            (of(ChangeClass::Punctuation), "with changed punctuation"),
        ];
        let mut words: Vec<String> = Vec::new();
        for (count, what) in blocks.into_iter().filter(|(count, _)| *count > 0) {
            let noun = match (words.is_empty(), count) {
                (true, 1) => " paragraph",
                (true, _) => " paragraphs",
                (false, _) => "",
            };
            words.push(format!("{count}{noun} {what}"));
        }
        let plural = |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
        if of(ChangeClass::Link) > 0 {
            words.push(plural(of(ChangeClass::Link), "link") + " changed");
        }
        if of(ChangeClass::Label) > 0 {
            words.push(plural(of(ChangeClass::Label), "code block") + " with changed language");
        }
        if of(ChangeClass::FrontMatter) > 0 {
            words.push("front matter changed".to_owned());
        }
        if words.is_empty() { "whitespace only".to_owned() } else { words.join(", ") }
    }

    /// The classes that occur, for `data`.
    fn classes(&self) -> Value {
        self.counts().as_object().map(|counts| counts.keys().cloned().collect::<Vec<_>>()).into()
    }

    /// How often each class occurs, for `data`.
    fn counts(&self) -> Value {
        let classes = ChangeClass::ALL.iter().map(|class| (class.as_str(), self.changed[*class as usize]));
        let all = classes.chain([("added", self.added), ("removed", self.removed), ("moved", self.reordered)]);
        let counts: Map<String, Value> =
            all.filter(|(_, count)| *count > 0).map(|(name, count)| (name.to_owned(), count.into())).collect();
        counts.into()
    }
}

fn short(id: &str) -> &str {
    id.get(..7).unwrap_or(id)
}
