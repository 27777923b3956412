//! A configuration and what it extends: one layer a file, the nearest first.

use camino::{Utf8Path, Utf8PathBuf};

use super::error::Fault;
use super::globs::normalized;
use super::raw::{RawConfig, Spanned};
use super::{ConfigError, Invalid, read};

/// One file of a configuration, as it is written.
pub(super) struct Layer {
    /// As it was given or found, or as `extends` leads to it; can be opened from the current folder.
    pub path: Utf8PathBuf,
    /// The whole file, without a byte order mark.
    pub text: String,
    /// What it says.
    pub raw: RawConfig,
    /// What is wrong with it.
    pub faults: Vec<Fault>,
}

impl Layer {
    fn read(path: Utf8PathBuf, current: &Utf8Path) -> std::io::Result<Self> {
        std::fs::read_to_string(current.join(&path)).map(|text| Self::new(path, text))
    }

    /// The file at `path`, which has this text.
    pub fn new(path: Utf8PathBuf, mut text: String) -> Self {
        if text.starts_with('\u{feff}') {
            text.remove(0);
        }
        let (mut raw, faults) = read::read(&text);
        raw.fill_from_preset();
        Self { path, text, raw, faults }
    }

    /// The folder that its paths and globs are relative to.
    pub fn folder(&self) -> &Utf8Path {
        self.path.parent().unwrap_or(Utf8Path::new(""))
    }
}

/// The configuration at `path` and the files that it extends, one after the other; at least the first.
///
/// # Errors
/// If the first cannot be read. What is wrong with an `extends` is a fault of the file that it stands in.
pub(super) fn read_all(path: &Utf8Path, current: &Utf8Path) -> Result<Vec<Layer>, ConfigError> {
    let unreadable = |error| ConfigError::Unreadable { path: path.to_owned(), error };
    Ok(extend(Layer::read(path.to_owned(), current).map_err(unreadable)?, current))
}

/// A file and those that it extends.
pub(super) fn extend(first: Layer, current: &Utf8Path) -> Vec<Layer> {
    let mut layers = vec![first];
    while let Some(next) = extended(&mut layers, current) {
        layers.push(next);
    }
    layers
}

/// What the last of the layers extends.
fn extended(layers: &mut [Layer], current: &Utf8Path) -> Option<Layer> {
    let written = layers.last()?.raw.extends.clone()?;
    let path = normalized(&layers.last()?.folder().join(&written.value));
    let found = match refused(&written, &path, layers, current) {
        Some(fault) => Err(fault),
        None => Layer::read(path, current).map_err(|error| {
            let help = "the path is relative to the file that it stands in";
            Fault::new(written.span, format!("cannot read `{}`: {error}", written.value)).help(help)
        }),
    };
    match found {
        Ok(layer) => Some(layer),
        Err(fault) => {
            layers.last_mut()?.faults.push(fault);
            None
        }
    }
}

/// Why a file is not read, if it is not.
fn refused(written: &Spanned<String>, path: &Utf8Path, layers: &[Layer], current: &Utf8Path) -> Option<Fault> {
    let fault = |message: String| Some(Fault::new(written.span, message));
    if Utf8Path::new(&written.value).is_absolute() {
        return fault(format!("`extends` is a path relative to this file, not `{}`", written.value));
    }
    let absolute = |path: &Utf8Path| normalized(&current.join(path));
    if let Some(again) = layers.iter().position(|layer| absolute(&layer.path) == absolute(path)) {
        let circle: Vec<&str> =
            layers[again..].iter().map(|layer| layer.path.as_str()).chain([path.as_str()]).collect();
        return fault(format!("`extends` leads back here: {}", circle.join(" → ")));
    }
    let folder = absolute(layers.last()?.folder());
    let repository = folder.ancestors().find(|folder| folder.join(".git").exists());
    if repository.is_some_and(|repository| !absolute(path).starts_with(repository)) {
        return fault(format!("`{}` is outside of this repository", written.value));
    }
    None
}

/// The mistakes of all layers, if there are any.
pub(super) fn invalid(layers: Vec<Layer>) -> Option<ConfigError> {
    let wrong = layers.into_iter().filter(|layer| !layer.faults.is_empty());
    let files: Vec<Invalid> = wrong.map(|layer| Invalid::new(layer.path, layer.text, layer.faults)).collect();
    (!files.is_empty()).then_some(ConfigError::Invalid(files))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::baseline::Choice;
    use crate::config::{Config, FailOn, HistoryChoice};
    use crate::finding::Severity;
    use crate::locale::Locale;
    use crate::rules;

    /// Loads `site/isogloss.yaml` of a repository with these files.
    fn load(files: &[(&str, &str)]) -> Result<Config, String> {
        let temporary = tempfile::tempdir().unwrap();
        let base = Utf8Path::from_path(temporary.path()).unwrap();
        for folder in ["repository/.git", "repository/site/fr", "repository/docs", "repository/shared"] {
            std::fs::create_dir_all(base.join(folder)).unwrap();
        }
        for (path, text) in files {
            std::fs::write(base.join("repository").join(path), text).unwrap();
        }
        let told = |error: ConfigError| error.to_string().replace(base.as_str(), "");
        Config::load("isogloss.yaml".into(), Vec::new(), &base.join("repository/site")).map_err(told)
    }

    #[test]
    fn what_is_extended_is_merged_key_by_key_in_its_own_folder() {
        let config = load(&[
            (
                "site/isogloss.yaml",
                "extends: ../base.yaml\nlocales: [fr]\nrules: {sla-mismatch: off, id-mismatch: info}\n\
                 overrides: [{paths: [/legal], rules: {date-mismatch: info}}]\n",
            ),
            (
                "base.yaml",
                "extends: shared/company.yaml\nlocales: [sv, de]\nroots: [docs]\nexclude: [docs/drafts]\nhistory: false\n\
                 rules: {sla-mismatch: warning, number-mismatch: info}\nbaseline: known.json\n\
                 overrides: [{paths: [docs/legal, site/legal], rules: {date-mismatch: off, sla-mismatch: error}}]\n",
            ),
            ("shared/company.yaml", "source: en\nfail-on: warning\nsource-repository: .\nrules: {number-mismatch: error}\n"),
        ])
        .unwrap();
        let fr = Locale::parse("fr").unwrap();
        assert_eq!((config.source, config.locales), (Locale::parse("en"), vec![fr.clone()]));
        assert_eq!(config.roots[0].path, "../docs");
        assert!(
            config.exclude.is_match("../docs/drafts/a.md".into())
                && !config.exclude.is_match("docs/drafts/a.md".into())
        );
        assert_eq!((config.history, config.fail_on), (HistoryChoice::Off, FailOn::Warning));
        assert_eq!(config.baseline, Choice::Read("../known.json".into()));
        for (rule, path, expected) in [
            ("sla-mismatch", "fr/a.md", None),
            ("sla-mismatch", "../docs/legal/a.md", Some(Severity::Error)),
            ("number-mismatch", "fr/a.md", Some(Severity::Info)),
            ("id-mismatch", "fr/a.md", Some(Severity::Info)),
            ("date-mismatch", "../docs/legal/a.md", None),
            ("date-mismatch", "legal/a.md", Some(Severity::Info)),
        ] {
            let rule = rules::find(rule).unwrap();
            assert_eq!(config.levels.severity(rule, path.into(), &fr), expected, "{} {path}", rule.id);
        }
    }

    #[test]
    fn every_mistake_is_told_in_its_file() {
        for (own, base, told) in [
            (
                "extends: isogloss.yaml",
                "",
                "isogloss.yaml:1:10: error: `extends` leads back here: isogloss.yaml → isogloss.yaml",
            ),
            (
                "source: en\nextends: ../base.yaml",
                "extends: ./shared/../site/isogloss.yaml",
                "../base.yaml:1:10: error: `extends` leads back here: isogloss.yaml → ../base.yaml → ../site/isogloss.yaml",
            ),
            (
                "extends: /etc/isogloss.yaml",
                "",
                "isogloss.yaml:1:10: error: `extends` is a path relative to this file, not `/etc/isogloss.yaml`",
            ),
            (
                "extends: ../../other.yaml",
                "",
                "isogloss.yaml:1:10: error: `../../other.yaml` is outside of this repository",
            ),
            ("extends: [a]", "", "isogloss.yaml:1:10: error: `extends` is a string, not a list"),
            (
                "extends: ../base.yaml\nsource: xx",
                "# all of them\nrules: {sla: off}",
                "isogloss.yaml:2:9: error: `xx` is not a language tag (a locale is a BCP 47 language tag such as `fr`, `pt-BR` or `zh-Hans`)\n\
                 ../base.yaml:2:9: error: there is no rule `sla` (did you mean `sla-mismatch`?)",
            ),
        ] {
            assert_eq!(load(&[("site/isogloss.yaml", own), ("base.yaml", base)]).unwrap_err(), told);
        }
        let told = load(&[("site/isogloss.yaml", "source: en\nextends: gone.yaml")]).unwrap_err();
        assert!(told.starts_with("isogloss.yaml:2:10: error: cannot read `gone.yaml`: "), "{told}");
    }
}
