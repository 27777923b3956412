//! Fixes that remove suppressions without changing the rest of the document.
//!
//! A comment separates the text before it from the text after it: paragraphs, lists. So each fix is tried, and offered only if
//! the rest of the document keeps its structure without the comment.

use std::collections::BTreeSet;

use super::suppressions::{Form, Listing, Scope, Suppressions};
use crate::analysis::Version;
use crate::finding::{Applicability, Edit, Fix};
use isogloss_document::Structure;
use isogloss_text::Span;

/// The maximum number of edits of a fix: with more, a person should decide.
const MOST_EDITS: usize = 16;
/// The maximum number of fixes per document that are tried one by one if they are not all safe together.
const MOST_TRIED: usize = 16;

/// Suppressions that are removed together, because they share comments that nothing else needs.
struct Group {
    entries: Vec<usize>,
    /// What to remove, and an alternative that leaves empty lines in place of comments.
    choices: Vec<Vec<Span>>,
    message: String,
}

/// Fixes that remove the `unused` suppressions, given as indexes of entries: one for each, or `None` if no removal is certain to
/// change nothing else.
pub(super) fn fixes(version: &Version<'_>, suppressions: &Suppressions, unused: &[usize]) -> Vec<Option<Fix>> {
    let document = &version.document;
    let body = document.front_matter.as_ref().map_or(0, |front| front.span.end as usize);
    let groups = Removal::new(&document.text, suppressions, unused).groups(unused);
    let chosen = choose(&document.text[body..], body, &groups);
    let mut fixes: Vec<Option<Fix>> = vec![None; suppressions.entries.len()];
    for (group, spans) in groups.iter().zip(chosen) {
        let edit = |span: Span| Edit {
            path: version.member.path.clone(),
            range: document.range(span),
            replacement: String::new(),
        };
        let fix = spans.map(|spans| Fix {
            message: group.message.clone(),
            applicability: Applicability::Safe,
            edits: spans.iter().copied().map(edit).collect(),
        });
        group.entries.iter().for_each(|&entry| fixes[entry].clone_from(&fix));
    }
    unused.iter().map(|&entry| fixes[entry].take()).collect()
}

/// The names of rules in a document.
struct Removal<'d> {
    text: &'d str,
    suppressions: &'d Suppressions,
    is_unused: Vec<bool>,
    /// For each listing, whether all of it can be removed, and the index of the first name that is needed.
    listings: Vec<(bool, usize)>,
    /// For each entry, the listings that name it and the index of the name in each.
    mentions: Vec<Vec<(usize, usize)>>,
    /// Names in invalid places, such as rules that are enabled without being disabled, or disabled twice.
    mistaken: BTreeSet<&'d str>,
}

impl<'d> Removal<'d> {
    fn new(text: &'d str, suppressions: &'d Suppressions, unused: &[usize]) -> Self {
        let count = suppressions.entries.len();
        let (mut is_unused, mut mentions) = (vec![false; count], vec![Vec::new(); count]);
        unused.iter().for_each(|&entry| is_unused[entry] = true);
        let mut mistaken = BTreeSet::new();
        let mut listings = Vec::new();
        for (index, listing) in suppressions.listings.iter().enumerate() {
            for (at, name) in listing.names.iter().enumerate() {
                match name.entry {
                    Some(entry) => mentions[entry].push((index, at)),
                    None => _ = mistaken.insert(name.span.slice(text)),
                }
            }
            let is_kept = |entry: Option<usize>| entry.is_none_or(|entry| !is_unused[entry]);
            let kept = listing.names.iter().position(|name| is_kept(name.entry));
            listings.push((listing.whole.is_some() && kept.is_none(), kept.unwrap_or(listing.names.len())));
        }
        Self { text, suppressions, is_unused, listings, mentions, mistaken }
    }

    fn groups(&self, unused: &[usize]) -> Vec<Group> {
        let mut is_grouped = vec![false; self.is_unused.len()];
        let mut is_followed = vec![false; self.listings.len()];
        let mut groups = Vec::new();
        for &first in unused {
            if std::mem::replace(&mut is_grouped[first], true) {
                continue;
            }
            let mut entries = vec![first];
            let mut next = 0;
            while let Some(&entry) = entries.get(next) {
                next += 1;
                for &(listing, _) in &self.mentions[entry] {
                    if !self.listings[listing].0 || std::mem::replace(&mut is_followed[listing], true) {
                        continue;
                    }
                    let others = self.suppressions.listings[listing].names.iter().filter_map(|name| name.entry);
                    entries.extend(others.filter(|&other| !std::mem::replace(&mut is_grouped[other], true)));
                }
            }
            groups.extend(self.group(entries));
        }
        groups
    }

    /// Groups these entries, if it is certain what to remove.
    fn group(&self, entries: Vec<usize>) -> Option<Group> {
        let mut touched: Vec<(usize, usize)> = Vec::new();
        for &entry in &entries {
            let suppression = &self.suppressions.entries[entry];
            // Removing a suppression may make an invalid one next to it valid.
            let is_mistaken =
                matches!(suppression.scope, Scope::Between(_)) && self.mistaken.contains(suppression.rule.id);
            if is_mistaken || self.mentions[entry].is_empty() {
                return None;
            }
            touched.extend(&self.mentions[entry]);
        }
        touched.sort_unstable();
        touched.dedup_by(|a, b| a.0 == b.0 && self.listings[a.0].0);
        if touched.len() > MOST_EDITS {
            return None;
        }
        let listing = |index: usize| &self.suppressions.listings[index];
        let mut choices = vec![Vec::new(), Vec::new()];
        for &(index, name) in &touched {
            let of_listing = self.spans(index, name)?;
            choices.iter_mut().zip(of_listing).for_each(|(spans, span)| spans.push(span));
        }
        choices.iter_mut().for_each(|spans| spans.sort_unstable_by_key(|span| span.start));
        choices.dedup();
        let is_whole = touched.iter().all(|&(index, _)| self.listings[index].0 && listing(index).form != Form::List);
        let in_list = listing(touched[0].0).form == Form::List;
        let rules: BTreeSet<&str> = entries.iter().map(|&entry| self.suppressions.entries[entry].rule.id).collect();
        let rules: Vec<String> = rules.into_iter().map(|rule| format!("`{rule}`")).collect();
        let s = if touched.len() > 1 { "s" } else { "" };
        let message = match (is_whole, in_list) {
            (true, _) => format!("remove the comment{s}"),
            (false, true) => format!("remove {} from `ignore`", rules.join(" and ")),
            (false, false) => format!("remove {} from the comment{s}", rules.join(" and ")),
        };
        Some(Group { entries, choices, message })
    }

    /// What to remove from a listing, and an alternative.
    fn spans(&self, index: usize, name: usize) -> Option<[Span; 2]> {
        let listing: &Listing = &self.suppressions.listings[index];
        let (is_whole, kept) = self.listings[index];
        match (listing.whole.filter(|_| is_whole), listing.form) {
            (Some(items), Form::List) => Some([items; 2]),
            (Some(comment), form) => {
                let (removed, blank) = comment_spans(self.text, comment);
                // In MDX, an expression is part of the surrounding paragraph.
                Some([removed, if form == Form::HtmlComment { blank } else { removed }])
            }
            (None, _) if kept == listing.names.len() => None,
            (None, _) => {
                let name = &listing.names[name];
                let is_behind = listing.names[kept].span.start < name.span.start;
                let span = if is_behind { name.after_another } else { name.before_another };
                span.map(|span| [span; 2])
            }
        }
    }
}

/// What to remove for a comment, and an alternative that leaves an empty line if the comment is alone on its lines.
fn comment_spans(text: &str, comment: Span) -> (Span, Span) {
    const BLANK: [char; 2] = [' ', '\t'];
    let (start, end) = (comment.start as usize, comment.end as usize);
    let line = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let next = text[end..].find('\n').map_or(text.len(), |newline| end + newline + 1);
    let (before, after) = (&text[line..start], &text[end..next]);
    let ends_line = after.trim().is_empty();
    if ends_line && before.trim_matches(['>', ' ', '\t']).is_empty() {
        return (Span::new(line, next), Span::new(line + before.trim_end_matches(BLANK).len(), end));
    }
    let span = if ends_line {
        Span::new(line + before.trim_end_matches(BLANK).len(), end)
    } else if before.is_empty() || before.ends_with(BLANK) {
        Span::new(start, next - after.trim_start_matches(BLANK).len())
    } else {
        comment
    };
    (span, span)
}

/// The spans to remove for each group; `None` if that would change the rest of the text. `body` starts at `offset`.
fn choose<'g>(body: &str, offset: usize, groups: &'g [Group]) -> Vec<Option<&'g [Span]>> {
    let first = |group: &'g Group| group.choices.first().map(Vec::as_slice);
    let is_in_body = |span: &Span| span.start as usize >= offset;
    if !groups.iter().filter_map(first).flatten().any(is_in_body) {
        return groups.iter().map(first).collect();
    }
    let before = Structure::of(body);
    let is_same = |spans: &[Span]| without(body, offset, spans).is_some_and(|text| Structure::of(&text) == before);
    let mut all: Vec<Span> = groups.iter().filter_map(first).flatten().copied().filter(is_in_body).collect();
    all.sort_unstable_by_key(|span| span.start);
    if is_same(&all) {
        return groups.iter().map(first).collect();
    }
    all.clear();
    let mut chosen = Vec::new();
    for (index, group) in groups.iter().enumerate() {
        let right = group.choices.iter().map(Vec::as_slice).filter(|_| index < MOST_TRIED).find_map(|spans| {
            let mut together = all.clone();
            together.extend(spans.iter().filter(|span| is_in_body(span)));
            together.sort_unstable_by_key(|span| span.start);
            // Two removals that are each safe may not be safe together.
            is_same(&together).then_some((spans, together))
        });
        chosen.push(right.map(|(spans, together)| {
            all = together;
            spans
        }));
    }
    chosen
}

/// `body`, which starts at `offset`, without these spans; `None` if they overlap.
fn without(body: &str, offset: usize, spans: &[Span]) -> Option<String> {
    let mut out = String::with_capacity(body.len());
    let mut at = 0;
    for span in spans {
        out.push_str(body.get(at..(span.start as usize).checked_sub(offset)?)?);
        at = span.end as usize - offset;
    }
    out.push_str(body.get(at..)?);
    Some(out)
}
