//! Raw to resolved: what the values of a configuration file mean, and everything that is wrong with them.

use camino::{Utf8Path, Utf8PathBuf};

use super::error::Fault;
use super::globs::{self, Folder};
use super::levels::{Level, Override};
use super::nearest::{locale_suggestion, nearest, rule_suggestion, suggestion};
use super::raw::{RawConfig, RawOverride, RawRoots, RawRules, Spanned};
use super::{Config, ConfigError, Globs, HistoryChoice, Invalid, Levels, Root, read};
use crate::layout::{self, LAYOUTS, Pattern};
use crate::locale::Locale;
use crate::rules::RULES;

impl Config {
    /// The configuration in the file at `path`, absolute or relative to the folder `current`, which is absolute. `roots`
    /// are those of the command line: if there are any, the file's are not used, and need not exist.
    ///
    /// # Errors
    /// If the file cannot be read, or has mistakes: all of them.
    pub fn load(path: &Utf8Path, roots: Vec<Root>, current: &Utf8Path) -> Result<Self, ConfigError> {
        let unreadable = |error| ConfigError::Unreadable { path: path.to_owned(), error };
        let mut text = std::fs::read_to_string(current.join(path)).map_err(unreadable)?;
        if text.starts_with('\u{feff}') {
            text.remove(0);
        }
        let (raw, faults) = read::read(&text);
        let folder = path.parent().unwrap_or(Utf8Path::new(""));
        let mut resolver = Resolver { current, folder, globs: Folder::new(current, folder), faults };
        let config = resolver.config(&raw, path, roots);
        if resolver.faults.is_empty() {
            Ok(config)
        } else {
            Err(Invalid::new(path.to_owned(), text, resolver.faults).into())
        }
    }
}

/// Collects faults while it resolves.
struct Resolver<'a> {
    /// What relative paths are relative to when they are opened.
    current: &'a Utf8Path,
    /// The configuration file's folder, as paths in it are joined to.
    folder: &'a Utf8Path,
    globs: Folder,
    faults: Vec<Fault>,
}

impl Resolver<'_> {
    fn config(&mut self, raw: &RawConfig, path: &Utf8Path, replacing: Vec<Root>) -> Config {
        let default = Config::default();
        let keys = |written: &Option<Vec<Spanned<String>>>, default: Vec<String>| match written {
            Some(keys) => keys.iter().map(|key| key.value.clone()).collect(),
            None => default,
        };
        let roots = if replacing.is_empty() { self.roots(raw.roots.as_ref()) } else { replacing };
        let general = self.rules(raw.rules.as_ref());
        let overrides = raw.overrides.iter().flatten().map(|other| self.override_(other)).collect();
        Config {
            file: Some(path.to_owned()),
            source: raw.source.as_ref().and_then(|tag| self.locale(tag)),
            locales: self.locales(raw.locales.as_deref()),
            roots: if roots.is_empty() { default.roots } else { roots },
            layout: self.layout(raw),
            id_keys: keys(&raw.id_keys, default.id_keys),
            pin_keys: keys(&raw.pin_keys, default.pin_keys),
            history: self.history(raw),
            exclude: self.globs(raw.exclude.as_deref()),
            levels: Levels::new(&general, overrides),
            fail_on: raw.fail_on.as_ref().map_or(default.fail_on, |fail_on| fail_on.value),
            change: None,
            jobs: None,
        }
    }

    fn roots(&mut self, raw: Option<&RawRoots>) -> Vec<Root> {
        match raw {
            None => Vec::new(),
            Some(RawRoots::List(paths)) => {
                paths.iter().map(|path| Root { locale: None, path: self.existing(path) }).collect()
            }
            Some(RawRoots::Map(entries)) => {
                let mut roots: Vec<Root> = Vec::new();
                for (tag, path) in entries {
                    let locale = self.locale(tag);
                    if locale.is_some() && roots.iter().any(|root| root.locale == locale) {
                        self.faults.push(Fault::new(tag.span, format!("the locale `{}` is there twice", tag.value)));
                    }
                    roots.extend(path.as_ref().map(|path| Root { locale, path: self.existing(path) }));
                }
                roots
            }
        }
    }

    /// A path of the file, joined to its folder.
    fn existing(&mut self, written: &Spanned<String>) -> Utf8PathBuf {
        let path = self.folder.join(&written.value);
        if !self.current.join(&path).exists() {
            let message = format!("there is no file or folder `{}`", written.value);
            let help = "paths are relative to the configuration file's folder";
            self.faults.push(Fault::new(written.span, message).help(help));
        }
        path
    }

    fn layout(&mut self, raw: &RawConfig) -> layout::Choice {
        let Some(written) = &raw.layout else { return layout::Choice::Auto };
        if let (Some(RawRoots::Map(_)), false) = (&raw.roots, matches!(&*written.value, "auto" | "sibling-roots")) {
            let message = "`layout` says nothing where `roots` tells each folder's locale";
            self.faults.push(Fault::new(written.span, message).help("remove it, or make `roots` a list"));
        }
        if written.value.contains('{') {
            return match Pattern::parse(&written.value) {
                Ok(pattern) => layout::Choice::Pattern(pattern),
                Err(error) => {
                    let help = "write it like `site/{locale}/pages/{path}`";
                    self.faults.push(Fault::new(written.span, error.to_string()).help(help));
                    layout::Choice::Auto
                }
            };
        }
        if written.value == "auto" {
            return layout::Choice::Auto;
        }
        if let Some(layout) = layout::find(&written.value) {
            return layout::Choice::Named(layout);
        }
        let names = std::iter::once("auto").chain(LAYOUTS.iter().map(|layout| layout.name));
        let help = match nearest(&written.value, names.clone()) {
            Some(_) => suggestion(&written.value, names),
            None => format!("{}, or a pattern such as `site/{{locale}}/{{path}}`", suggestion(&written.value, names)),
        };
        self.faults.push(Fault::new(written.span, format!("there is no layout `{}`", written.value)).help(help));
        layout::Choice::Auto
    }

    fn history(&mut self, raw: &RawConfig) -> HistoryChoice {
        let off = raw.history.as_ref().is_some_and(|history| !history.value);
        match &raw.source_repository {
            Some(path) if off => {
                let message = "`source-repository` says nothing where `history` is `false`";
                self.faults.push(Fault::new(path.span, message).help("remove one of the two"));
                HistoryChoice::Off
            }
            Some(path) => HistoryChoice::Repository(self.existing(path)),
            None if off => HistoryChoice::Off,
            None => HistoryChoice::Discover,
        }
    }

    fn override_(&mut self, raw: &RawOverride) -> Override {
        Override {
            paths: raw.paths.as_deref().map(|paths| self.globs(Some(paths))),
            locales: self.locales(raw.locales.as_deref()),
            levels: self.rules(raw.rules.as_ref()),
        }
    }

    /// One level a rule, in the order of [`RULES`].
    fn rules(&mut self, raw: Option<&RawRules>) -> Vec<Option<Level>> {
        let mut levels = vec![None; RULES.len()];
        for (id, level) in raw.into_iter().flat_map(|rules| &rules.0) {
            match RULES.iter().position(|rule| rule.id == id.value) {
                Some(index) => levels[index] = *level,
                None => self.faults.push(
                    Fault::new(id.span, format!("there is no rule `{}`", id.value)).help(rule_suggestion(&id.value)),
                ),
            }
        }
        levels
    }

    fn locales(&mut self, raw: Option<&[Spanned<String>]>) -> Vec<Locale> {
        raw.into_iter().flatten().filter_map(|tag| self.locale(tag)).collect()
    }

    fn locale(&mut self, written: &Spanned<String>) -> Option<Locale> {
        let locale = Locale::parse(&written.value);
        if locale.is_none() {
            let fault = Fault::new(written.span, format!("`{}` is not a language tag", written.value));
            self.faults.push(fault.help(locale_suggestion(&written.value)));
        }
        locale
    }

    fn globs(&mut self, raw: Option<&[Spanned<String>]>) -> Globs {
        let mut compiled = Vec::new();
        for written in raw.into_iter().flatten() {
            match globs::compile(&written.value) {
                Ok(globs) => compiled.extend(globs),
                Err(message) => self.faults.push(Fault::new(written.span, message)),
            }
        }
        Globs::new(&self.globs, compiled).unwrap_or_else(|error| {
            // Each glob is valid; together they are more than the automaton holds.
            let span = raw.and_then(<[_]>::first).map(|first| first.span).unwrap_or_default();
            self.faults.push(Fault::new(span, format!("too many globs: {}", error.kind())));
            Globs::default()
        })
    }
}
