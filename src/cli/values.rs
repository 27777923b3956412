//! Parsers of command-line values, with suggestions for wrong ones.

use std::ffi::OsStr;

use camino::{Utf8Path, Utf8PathBuf};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Arg, Command};

use crate::corpus::walk::Root;
use crate::nearest::locale_suggestion;
use crate::report::{Destination, FORMATS};
use crate::rules::suggestion as rule_suggestion;
use crate::rules::{self, RULES, Rule};
use isogloss_text::Locale;

/// A language tag.
pub(super) fn locale(written: &str) -> Result<Locale, String> {
    Locale::parse(written).ok_or_else(|| format!("not a language tag; {}", locale_suggestion(written)))
}

/// The id of a rule.
pub(super) fn rule(written: &str) -> Result<&'static Rule, String> {
    rules::find(written).ok_or_else(|| format!("unknown rule; {}", rule_suggestion(written)))
}

/// A rule's id, completed in shells.
pub(super) fn rule_id() -> Listed<&'static Rule> {
    Listed { read: rule, words: || RULES.iter().map(|rule| (rule.id, rule.summary)).collect() }
}

/// A report's format and file, completed in shells.
pub(super) fn destination() -> Listed<Destination> {
    Listed { read: str::parse, words: || FORMATS.iter().map(|format| (format.name, format.summary)).collect() }
}

/// Values with their own parser, and the words for shell completion. clap would list these words in its errors, where
/// the parser suggests the closest one.
#[derive(Clone)]
pub(super) struct Listed<T> {
    read: fn(&str) -> Result<T, String>,
    /// Each with its description.
    words: fn() -> Vec<(&'static str, &'static str)>,
}

impl<T: Clone + Send + Sync + 'static> TypedValueParser for Listed<T> {
    type Value = T;

    fn parse_ref(&self, command: &Command, argument: Option<&Arg>, value: &OsStr) -> Result<T, clap::Error> {
        self.read.parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let words = (self.words)().into_iter();
        Some(Box::new(words.map(|(word, meaning)| PossibleValue::new(word).help(meaning))))
    }
}

/// `PATH` or `LOCALE=PATH`; an existing path may have `=` in its name.
pub(super) fn root(written: &str) -> Result<Root, String> {
    let whole = Root { locale: None, path: Utf8PathBuf::from(written) };
    let Some((tag, path)) = written.split_once('=') else { return Ok(whole) };
    if tag.contains(std::path::is_separator) {
        return Ok(whole);
    }
    match Locale::parse(tag) {
        Some(locale) if !path.is_empty() => Ok(Root { locale: Some(locale), path: path.into() }),
        _ if Utf8Path::new(written).exists() => Ok(whole),
        Some(_) => Err(format!("missing path after `{tag}=`")),
        None => Err(format!("`{tag}` is not a language tag; {}", locale_suggestion(tag))),
    }
}

/// One of several words.
pub(super) fn word<T: Copy + Send + Sync + 'static>(
    words: &'static [(&'static str, T)],
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(words.iter().map(|(word, _)| *word)).try_map(move |written| {
        // The previous parser accepts only these words.
        words.iter().find(|(word, _)| *word == written).map(|(_, value)| *value).ok_or("not one of the possible values")
    })
}
