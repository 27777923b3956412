//! Raw to resolved: interprets the values of a configuration file and collects everything that is wrong with them.

use camino::{Utf8Path, Utf8PathBuf};

use super::discover::ConfigFile;
use super::error::ConfigError;
use super::error::Fault;
use super::layers::{self, Layer};
use super::raw::{RawChanges, RawConfig, RawOverride, RawRoots, RawRules, Spanned};
use super::resolved::{Config, FailOn};
use crate::analysis::pins::HistoryChoice;
use crate::baseline;
use crate::corpus::globs::Globs;
use crate::corpus::globs::{self, Folder};
use crate::corpus::layout::{self, LAYOUTS, Pattern};
use crate::corpus::pin_pattern::{PinPattern, PinPatternError};
use crate::corpus::walk::Root;
use crate::nearest::{locale_suggestion, nearest, suggestion};
use crate::rules::Levels;
use crate::rules::RULES;
use crate::rules::suggestion as rule_suggestion;
use crate::rules::{Level, Override};
use isogloss_align::changes::ChangeClass;
use isogloss_text::Locale;
use isogloss_text::files::Tree;

impl Config {
    /// The configuration in `file`, absolute or relative to the folder `current`, which is absolute. `roots` are those of the
    /// command line: if there are any, the file's are not used and need not exist.
    ///
    /// # Errors
    /// If the file cannot be read, or it or a file that it extends has problems: all of them.
    pub fn load(file: &ConfigFile, roots: Vec<Root>, current: &Utf8Path) -> Result<Self, ConfigError> {
        Self::merged(layers::read_all(file, current)?, roots, current, file.named)
    }

    /// The configuration in a file at `path` with this text; see [`Config::load`].
    ///
    /// # Errors
    /// If the text or a file that it extends has problems: all of them.
    pub fn from_text(path: &Utf8Path, text: String, roots: Vec<Root>, current: &Utf8Path) -> Result<Self, ConfigError> {
        Self::merged(layers::extend(Layer::new(path.to_owned(), text), current), roots, current, false)
    }

    /// Merges the layers, nearest first; `named` is whether the command line names the first of them.
    fn merged(mut layers: Vec<Layer>, roots: Vec<Root>, current: &Utf8Path, named: bool) -> Result<Self, ConfigError> {
        let (mut merged, mut wildcards) = (Partial::default(), 0);
        for layer in &mut layers {
            let folder = layer.folder().to_owned();
            let globs = Folder::new(current, &folder);
            let replaced = !roots.is_empty();
            let around = || Tree::around_file(current.join(&folder).as_std_path(), current.as_std_path()).ok();
            let tree = if named { None } else { around() };
            let faults = Vec::new();
            let mut resolver = Resolver { current, folder: &folder, globs, replaced, wildcards, tree, faults };
            let partial = resolver.partial(&layer.raw);
            wildcards = resolver.wildcards;
            layer.faults.append(&mut resolver.faults);
            merged = merged.or(partial);
        }
        let config = merged.finish(&layers[0], roots);
        layers::invalid(layers).map_or(Ok(config), Err)
    }
}

/// The resolved values of one file; `None` where it does not set any.
#[derive(Default)]
struct Partial {
    source: Option<Locale>,
    locales: Option<Vec<Locale>>,
    /// The file's roots, if it has any; empty if the command line replaces them.
    roots: Option<Vec<Root>>,
    layout: Option<layout::Choice>,
    id_keys: Option<Vec<String>>,
    pin_keys: Option<Vec<String>>,
    pin_pattern: Option<PinPattern>,
    history: Option<HistoryChoice>,
    exclude: Option<Globs>,
    /// One per rule, in the order of [`RULES`].
    rules: Vec<Option<Level>>,
    /// The last entry of a class wins.
    changes: Vec<(ChangeClass, Level)>,
    overrides: Vec<Override>,
    fail_on: Option<FailOn>,
    baseline: Option<Utf8PathBuf>,
}

impl Partial {
    /// Layers this over the file that it extends.
    fn or(self, base: Self) -> Self {
        let rules = (0..RULES.len()).map(|at| {
            let level = |rules: &[Option<Level>]| rules.get(at).copied().flatten();
            level(&self.rules).or(level(&base.rules))
        });
        Self {
            rules: rules.collect(),
            changes: [base.changes, self.changes].concat(),
            source: self.source.or(base.source),
            locales: self.locales.or(base.locales),
            roots: self.roots.or(base.roots),
            layout: self.layout.or(base.layout),
            id_keys: self.id_keys.or(base.id_keys),
            pin_keys: self.pin_keys.or(base.pin_keys),
            pin_pattern: self.pin_pattern.or(base.pin_pattern),
            history: self.history.or(base.history),
            exclude: self.exclude.or(base.exclude),
            overrides: base.overrides.into_iter().chain(self.overrides).collect(),
            fail_on: self.fail_on.or(base.fail_on),
            baseline: self.baseline.or(base.baseline),
        }
    }

    /// The configuration of the file `first`, with defaults for what no file sets.
    fn finish(self, first: &Layer, replacing: Vec<Root>) -> Config {
        let default = Config::default();
        let narrowed = !replacing.is_empty() && self.roots.is_some();
        let roots = if replacing.is_empty() { self.roots.unwrap_or_default() } else { replacing };
        Config {
            file: Some(first.path.clone()),
            source: self.source,
            locales: self.locales.unwrap_or_default(),
            required: Vec::new(),
            roots: if roots.is_empty() { default.roots } else { roots },
            layout: self.layout.unwrap_or_default(),
            id_keys: self.id_keys.unwrap_or(default.id_keys),
            pin_keys: self.pin_keys.unwrap_or(default.pin_keys),
            pin_pattern: self.pin_pattern,
            history: self.history.unwrap_or_default(),
            exclude: self.exclude.unwrap_or_default(),
            levels: Levels::new(RULES, &self.rules, self.overrides).with_changes(self.changes.into_iter()),
            fail_on: self.fail_on.unwrap_or_default(),
            // The file need not exist yet: `--write-baseline` creates it.
            baseline: match self.baseline {
                Some(path) => baseline::Choice::Read(path),
                None => baseline::Choice::IfThere(first.folder().join(baseline::FILE_NAME)),
            },
            narrowed,
            explain: false,
            change: None,
        }
    }
}

/// The most globs, plus wildcards in them, in a whole configuration: each takes up to 8 KB of memory.
const MOST_WILDCARDS: usize = 20_000;

/// The longest layout, in bytes.
const LONGEST_LAYOUT: usize = 1024;
/// The most `*` in a layout.
const MOST_LAYOUT_WILDCARDS: usize = 32;

/// Resolves one file and collects its faults.
struct Resolver<'a> {
    /// The folder that relative paths are opened from.
    current: &'a Utf8Path,
    /// The folder of the file, which paths in it are joined to.
    folder: &'a Utf8Path,
    globs: Folder,
    /// The tree that roots must not leave; `None` if the command line names the file.
    tree: Option<Tree>,
    /// Whether the command line has roots, so that the file's need not exist.
    replaced: bool,
    /// How many globs and wildcards there have been so far.
    wildcards: usize,
    faults: Vec<Fault>,
}

impl Resolver<'_> {
    fn partial(&mut self, raw: &RawConfig) -> Partial {
        let keys = |written: &[Spanned<String>]| written.iter().map(|key| key.value.clone()).collect();
        Partial {
            source: raw.source.as_ref().and_then(|tag| self.locale(tag)),
            locales: raw.locales.as_deref().map(|locales| self.locales(Some(locales))),
            roots: raw.roots.as_ref().map(|roots| if self.replaced { Vec::new() } else { self.roots(roots) }),
            layout: raw.layout.as_ref().map(|_| self.layout(raw)),
            id_keys: raw.id_keys.as_deref().map(keys),
            pin_keys: raw.pin_keys.as_deref().map(keys),
            pin_pattern: raw.pin_pattern.as_ref().and_then(|written| self.pin_pattern(written)),
            history: (raw.history.is_some() || raw.source_repository.is_some()).then(|| self.history(raw)),
            exclude: raw.exclude.as_deref().map(|globs| self.globs(Some(globs))),
            rules: self.rules(raw.rules.as_ref()),
            changes: self.changes(raw.changes.as_ref()),
            overrides: raw.overrides.iter().flatten().map(|other| self.override_(other)).collect(),
            fail_on: raw.fail_on.as_ref().map(|fail_on| fail_on.value),
            baseline: raw.baseline.as_ref().map(|written| self.folder.join(&written.value)),
        }
    }

    fn roots(&mut self, raw: &RawRoots) -> Vec<Root> {
        match raw {
            RawRoots::List(paths) => {
                paths.iter().map(|path| Root { locale: None, path: self.root_path(path) }).collect()
            }
            RawRoots::Map(entries) => {
                let mut roots: Vec<Root> = Vec::new();
                for (tag, path) in entries {
                    let locale = self.locale(tag);
                    if locale.is_some() && roots.iter().any(|root| root.locale == locale) {
                        self.faults.push(Fault::new(tag.span, format!("duplicate locale `{}`", tag.value)));
                    }
                    roots.extend(path.as_ref().map(|path| Root { locale, path: self.root_path(path) }));
                }
                roots
            }
        }
    }

    /// Resolves a path that documents are read from. Reports quote their text, so a pull request must not be able to point it
    /// anywhere.
    fn root_path(&mut self, written: &Spanned<String>) -> Utf8PathBuf {
        let path = self.existing(written);
        if self.tree.as_ref().is_some_and(|tree| !tree.reaches(self.current.join(&path).as_std_path())) {
            let message = format!("`{}` is outside this repository", written.value);
            let help = "name it on the command line, or check out its repository next to this one";
            self.faults.push(Fault::new(written.span, message).help(help));
        }
        path
    }

    /// Resolves a path that must exist, joined to the file's folder.
    fn existing(&mut self, written: &Spanned<String>) -> Utf8PathBuf {
        let path = self.folder.join(&written.value);
        if !self.current.join(&path).exists() {
            let message = format!("no such file or folder: `{}`", written.value);
            let help = "paths are relative to the configuration file's folder";
            self.faults.push(Fault::new(written.span, message).help(help));
        }
        path
    }

    fn layout(&mut self, raw: &RawConfig) -> layout::Choice {
        let Some(written) = &raw.layout else { return layout::Choice::Auto };
        if let (Some(RawRoots::Map(_)), false) = (&raw.roots, matches!(&*written.value, "auto" | "sibling-roots")) {
            let message = "`layout` has no effect, because `roots` sets each folder's locale";
            self.faults.push(Fault::new(written.span, message).help("remove it, or make `roots` a list"));
        }
        if written.value.len() > LONGEST_LAYOUT || written.value.matches('*').count() > MOST_LAYOUT_WILDCARDS {
            let message = format!("layout is limited to {LONGEST_LAYOUT} bytes and {MOST_LAYOUT_WILDCARDS} `*`");
            self.faults.push(Fault::new(written.span, message));
            return layout::Choice::Auto;
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
            return layout::Choice::Named(layout.name);
        }
        let names = std::iter::once("auto").chain(LAYOUTS.iter().map(|layout| layout.name));
        let help = match nearest(&written.value, names.clone()) {
            Some(_) => suggestion(&written.value, names),
            None => format!("{}, or a pattern such as `site/{{locale}}/{{path}}`", suggestion(&written.value, names)),
        };
        self.faults.push(Fault::new(written.span, format!("unknown layout `{}`", written.value)).help(help));
        layout::Choice::Auto
    }

    fn pin_pattern(&mut self, written: &Spanned<String>) -> Option<PinPattern> {
        let fault = |error: PinPatternError| {
            let help = "write it like `https://git.tidewater.example/handbook/blob/{commit}/**`";
            Fault::new(written.span, error.to_string()).help(help)
        };
        PinPattern::parse(&written.value).map_err(|error| self.faults.push(fault(error))).ok()
    }

    fn history(&mut self, raw: &RawConfig) -> HistoryChoice {
        let off = raw.history.as_ref().is_some_and(|history| !history.value);
        match &raw.source_repository {
            Some(path) if off => {
                let message = "`source-repository` has no effect, because `history` is `false`";
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

    /// One level per rule, in the order of [`RULES`].
    fn rules(&mut self, raw: Option<&RawRules>) -> Vec<Option<Level>> {
        let mut levels = vec![None; RULES.len()];
        for (id, level) in raw.into_iter().flat_map(|rules| &rules.0) {
            match RULES.iter().position(|rule| rule.id == id.value) {
                Some(index) => levels[index] = *level,
                None => self
                    .faults
                    .push(Fault::new(id.span, format!("unknown rule `{}`", id.value)).help(rule_suggestion(&id.value))),
            }
        }
        levels
    }

    fn changes(&mut self, raw: Option<&RawChanges>) -> Vec<(ChangeClass, Level)> {
        let mut levels = Vec::new();
        for (name, level) in raw.into_iter().flat_map(|changes| &changes.0) {
            if let Some(class) = ChangeClass::ALL.into_iter().find(|class| class.as_str() == name.value) {
                levels.extend(level.map(|level| (class, level)));
            } else {
                let help = suggestion(&name.value, ChangeClass::ALL.iter().map(|class| class.as_str()));
                let message = format!("unknown class of change `{}`", name.value);
                self.faults.push(Fault::new(name.span, message).help(help));
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
            self.wildcards += globs::weight(&written.value);
            if self.wildcards > MOST_WILDCARDS {
                let message = format!("more than {MOST_WILDCARDS} globs and wildcards");
                self.faults.push(Fault::new(written.span, message).help("use fewer, more general globs"));
                return Globs::default();
            }
            match globs::compile(&written.value) {
                Ok(globs) => compiled.extend(globs),
                Err(message) => self.faults.push(Fault::new(written.span, message)),
            }
        }
        Globs::new(&self.globs, compiled).unwrap_or_else(|error| {
            // Each glob is valid, but together they exceed the automaton's size limit.
            let span = raw.and_then(<[_]>::first).map(|first| first.span).unwrap_or_default();
            self.faults.push(Fault::new(span, format!("too many globs: {}", error.kind())));
            Globs::default()
        })
    }
}
