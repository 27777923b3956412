//! How single values of the command line are read, with a suggestion where one is wrong.

use camino::{Utf8Path, Utf8PathBuf};
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::config::Root;
use crate::config::nearest::{locale_suggestion, rule_suggestion};
use crate::locale::Locale;
use crate::rules::{self, Rule};

/// A language tag.
pub(super) fn locale(written: &str) -> Result<Locale, String> {
    Locale::parse(written).ok_or_else(|| format!("not a language tag: {}", locale_suggestion(written)))
}

/// The id of a rule.
pub(super) fn rule(written: &str) -> Result<&'static Rule, String> {
    rules::find(written).ok_or_else(|| format!("there is no such rule: {}", rule_suggestion(written)))
}

/// `PATH` or `LOCALE=PATH`; a path that is there may have `=` in its name.
pub(super) fn root(written: &str) -> Result<Root, String> {
    let whole = Root { locale: None, path: Utf8PathBuf::from(written) };
    let Some((tag, path)) = written.split_once('=') else { return Ok(whole) };
    if tag.contains(std::path::is_separator) {
        return Ok(whole);
    }
    match Locale::parse(tag) {
        Some(locale) if !path.is_empty() => Ok(Root { locale: Some(locale), path: path.into() }),
        _ if Utf8Path::new(written).exists() => Ok(whole),
        Some(_) => Err(format!("a path is missing after `{tag}=`")),
        None => Err(format!("`{tag}` is not a language tag: {}", locale_suggestion(tag))),
    }
}

/// One of a few words.
pub(super) fn word<T: Copy + Send + Sync + 'static>(
    words: &'static [(&'static str, T)],
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(words.iter().map(|(word, _)| *word)).try_map(move |written| {
        // The parser before lets only these words through.
        words.iter().find(|(word, _)| *word == written).map(|(_, value)| *value).ok_or("not one of the words")
    })
}
