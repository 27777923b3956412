//! The last step of placing files: the source locale, and the notice about detected layouts.

use std::collections::BTreeSet;

use super::ground::{Claim, Ground};
use super::kind::Layout;
use super::request::{Choice, Placed};
use crate::finding::{Notice, NoticeLevel};
use isogloss_text::Locale;

/// How many folders the notice names.
const NAMED: usize = 3;

pub(super) fn finish(ground: Ground<'_>, all: &[Layout]) -> Placed {
    let locales: BTreeSet<&Locale> = ground.placements.iter().flatten().map(|placement| &placement.locale).collect();
    let source = source(&ground, &locales);
    let mut notices = Vec::new();
    let claims: Vec<&Claim> = ground.claims.iter().collect();
    if !locales.is_empty() {
        notices.push(note(format!(
            "layout: {}; {}",
            places(&claims),
            source_words(&ground, source.as_ref(), &locales)
        )));
    }
    notices.extend(unplaced(&ground, &locales));
    let order = |name: &str| all.iter().position(|layout| layout.name == name);
    let mut layouts: Vec<&'static str> = claims.iter().map(|claim| claim.layout).collect();
    layouts.sort_by_key(|name| order(name));
    layouts.dedup();
    // A file in a locale folder is placed by its path alone; for the others, ids and languages in front matter may matter too.
    let by_paths = ground.base.is_none() && ground.placements.iter().all(Option::is_some);
    Placed { source, layouts, by_paths, notices, files: ground.placements }
}

fn note(message: String) -> Notice {
    Notice { level: NoticeLevel::Note, path: None, message }
}

/// The configured source or its only more specific form, else the locale of the documents next to locale folders, else English.
fn source(ground: &Ground<'_>, locales: &BTreeSet<&Locale>) -> Option<Locale> {
    if let Some(configured) = ground.request.source {
        let mut forms = locales.iter().filter(|locale| configured.covers(locale));
        return match (locales.contains(configured), forms.next(), forms.next()) {
            (false, Some(only), None) => Some((**only).clone()),
            _ => Some(configured.clone()),
        };
    }
    if let Some((locale, _)) = &ground.base {
        return Some(locale.clone());
    }
    // `en` comes before `en-GB`; most sources with a region are in American English.
    let mut english: Vec<&&Locale> = locales.iter().filter(|locale| locale.language() == "en").collect();
    english.sort_by_key(|locale| (locale.as_str() != "en", locale.as_str() != "en-US"));
    english.first().map(|locale| (**locale).clone())
}

fn places(claims: &[&Claim]) -> String {
    let named: Vec<String> = claims
        .iter()
        .take(NAMED)
        .map(|claim| match (claim.layout, claim.place.as_str()) {
            (layout, "") => layout.to_owned(),
            ("pattern", pattern) => format!("pattern `{pattern}`"),
            (layout, place) => format!("{layout} in `{place}`"),
        })
        .collect();
    let more = claims.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    named.join(", ") + &more
}

fn source_words(ground: &Ground<'_>, source: Option<&Locale>, locales: &BTreeSet<&Locale>) -> String {
    let count = match locales.len() {
        1 => "one locale".to_owned(),
        many => format!("{many} locales"),
    };
    match (source, &ground.base) {
        (None, _) => format!(
            "{count}, source unknown: comparing each page with its most complete and newest version \
             (set the source with `--source LOCALE`)"
        ),
        (Some(source), Some((base, true))) if base == source => {
            format!("{count}, source assumed to be {source} (change it with `--source LOCALE`)")
        }
        (Some(source), _) if !locales.contains(source) => {
            format!("{count}, no documents in the source locale {source}")
        }
        (Some(source), _) if locales.len() == 1 => format!("{count}, {source}"),
        (Some(source), _) => format!("{count}, translated from {source}"),
    }
}

/// The notice about files that no layout recognises.
fn unplaced(ground: &Ground<'_>, locales: &BTreeSet<&Locale>) -> Option<Notice> {
    if ground.request.files.is_empty() {
        let message = "no Markdown documents found (.md, .mdx or .markdown, and not ignored)".to_owned();
        return Some(Notice { level: NoticeLevel::Incomplete, path: None, message });
    }
    let mut left = ground.request.files.iter().zip(&ground.placements).filter(|(_, placement)| placement.is_none());
    let (first, _) = left.next()?;
    let count = left.count() + 1;
    if locales.is_empty() {
        let hint = match ground.request.choice {
            Choice::Auto => {
                "name the folder of each locale, as in `fr=docs/fr`, or set `layout` in isogloss.yaml".to_owned()
            }
            Choice::Named(layout) => format!("no path matches the layout `{layout}`"),
            Choice::Pattern(pattern) => format!("no path matches the pattern `{pattern}`"),
        };
        let message = format!("no locales found in {count} {}; {hint}", documents(count));
        return Some(Notice { level: NoticeLevel::Incomplete, path: None, message });
    }
    Some(note(format!("skipped {count} {}: locale not recognized (first: `{}`)", documents(count), first.path)))
}

fn documents(count: usize) -> &'static str {
    if count == 1 { "document" } else { "documents" }
}
