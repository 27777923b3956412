//! A configuration and the files it extends: one layer per file, nearest first.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::discover::ConfigFile;
use super::error::Fault;
use super::error::{ConfigError, Invalid};
use super::raw::{RawConfig, Spanned};
use super::read;
use crate::corpus::paths::normalized;
use isogloss_text::LineIndex;
use isogloss_text::files::{self, LARGEST_CONFIGURATION, Refusal, Tree};

/// The most files in one configuration, each extended by the previous one.
const MOST_FILES: usize = 16;

/// One file of a configuration, before it is resolved.
pub(super) struct Layer {
    /// As given or discovered, or as `extends` leads to it; can be opened from the current folder.
    pub path: Utf8PathBuf,
    /// The whole file, without a byte order mark.
    pub text: String,
    /// Where its lines begin.
    pub index: LineIndex,
    /// Its parsed contents.
    pub raw: RawConfig,
    /// The problems found in it so far.
    pub faults: Vec<Fault>,
}

impl Layer {
    /// The file at `path`, with this text.
    pub(super) fn new(path: Utf8PathBuf, mut text: String) -> Self {
        if text.starts_with('\u{feff}') {
            text.remove(0);
        }
        let (mut raw, faults) = read::read(&text);
        raw.fill_from_preset();
        Self { path, index: LineIndex::new(&text), text, raw, faults }
    }

    /// The folder that paths and globs in the file are relative to.
    pub(super) fn folder(&self) -> &Utf8Path {
        self.path.parent().unwrap_or(Utf8Path::new(""))
    }
}

/// The configuration in `file` and the files that it extends, in that order; at least one.
///
/// # Errors
/// If the first cannot be read. A problem with `extends` is a fault of the file that contains it.
pub(super) fn read_all(file: &ConfigFile, current: &Utf8Path) -> Result<Vec<Layer>, ConfigError> {
    let text = read_first(file, current).and_then(files::into_text);
    let text = text.map_err(|error| ConfigError::Unreadable { path: file.path.clone(), error })?;
    Ok(extend(Layer::new(file.path.clone(), text), current))
}

fn read_first(file: &ConfigFile, current: &Utf8Path) -> io::Result<Vec<u8>> {
    let path = current.join(&file.path);
    if file.named {
        return Tree::around(current.as_std_path())?.read_named(path.as_std_path(), LARGEST_CONFIGURATION);
    }
    let folder = path.parent().unwrap_or(current);
    let read =
        Tree::around_file(folder.as_std_path(), current.as_std_path())?.read(path.as_std_path(), LARGEST_CONFIGURATION);
    read.map_err(|error| match Refusal::of(&error) {
        Some(refusal @ Refusal::Link) => {
            io::Error::new(error.kind(), format!("{refusal}; pass the link's target with `--config`"))
        }
        _ => error,
    })
}

/// A file and the ones it extends.
pub(super) fn extend(first: Layer, current: &Utf8Path) -> Vec<Layer> {
    let mut layers = vec![first];
    while let Some(next) = extended(&mut layers, current) {
        layers.push(next);
    }
    layers
}

/// The file that the last of the layers extends.
fn extended(layers: &mut [Layer], current: &Utf8Path) -> Option<Layer> {
    let written = layers.last()?.raw.extends.clone()?;
    let path = normalized(&layers.last()?.folder().join(&written.value));
    let found = match refused(&written, &path, layers, current) {
        Some(fault) => Err(fault),
        None => read_extended(&path, layers[0].folder(), current).map_err(|error| {
            if let Some(Refusal::Outside(tree)) = Refusal::of(&error) {
                return Fault::new(written.span, format!("`{}` is outside this {tree}", written.value));
            }
            let help = "the path is relative to this file";
            Fault::new(written.span, format!("cannot read `{}`: {error}", written.value)).help(help)
        }),
    };
    let found = found.map(|text| Layer::new(path, text));
    match found {
        Ok(layer) => Some(layer),
        Err(fault) => {
            layers.last_mut()?.faults.push(fault);
            None
        }
    }
}

/// Reads a file that is extended, directly or not, by a configuration in the folder `first`.
fn read_extended(path: &Utf8Path, first: &Utf8Path, current: &Utf8Path) -> io::Result<String> {
    let tree = Tree::around_file(current.join(first).as_std_path(), current.as_std_path())?;
    files::into_text(tree.read(current.join(path).as_std_path(), LARGEST_CONFIGURATION)?)
}

/// Why a file must not be read, if it must not.
fn refused(written: &Spanned<String>, path: &Utf8Path, layers: &[Layer], current: &Utf8Path) -> Option<Fault> {
    let fault = |message: String| Some(Fault::new(written.span, message));
    if Utf8Path::new(&written.value).is_absolute() {
        return fault(format!("`extends` must be a path relative to this file, not `{}`", written.value));
    }
    let absolute = |path: &Utf8Path| normalized(&current.join(path));
    if let Some(again) = layers.iter().position(|layer| absolute(&layer.path) == absolute(path)) {
        let circle: Vec<&str> =
            layers[again..].iter().map(|layer| layer.path.as_str()).chain([path.as_str()]).collect();
        return fault(format!("`extends` forms a cycle: {}", circle.join(" → ")));
    }
    if layers.len() >= MOST_FILES {
        return fault(format!("more than {MOST_FILES} files extend each other"));
    }
    None
}

/// The faults of all layers as an error, if there are any.
pub(super) fn invalid(layers: Vec<Layer>) -> Option<ConfigError> {
    let wrong = layers.into_iter().filter(|layer| !layer.faults.is_empty());
    let files: Vec<Invalid> = wrong.map(|layer| Invalid::new(layer.path, layer.text, layer.faults)).collect();
    (!files.is_empty()).then_some(ConfigError::Invalid(files))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::pins::HistoryChoice;
    use crate::baseline::Choice;
    use crate::config::{Config, FailOn};
    use crate::finding::Severity;
    use crate::rules;
    use isogloss_text::Locale;

    /// Loads `site/isogloss.yaml` in a repository with these files.
    fn load(files: &[(&str, &str)]) -> Result<Config, String> {
        let temporary = tempfile::tempdir().unwrap();
        let base = Utf8Path::from_path(temporary.path()).unwrap();
        for folder in ["repository/.git", "repository/site/fr", "repository/docs", "repository/shared"] {
            std::fs::create_dir_all(base.join(folder)).unwrap();
        }
        for (path, text) in files {
            std::fs::write(base.join("repository").join(path), text).unwrap();
        }
        let message = |error: ConfigError| error.to_string().replace(base.as_str(), "");
        Config::load(&"isogloss.yaml".into(), Vec::new(), &base.join("repository/site")).map_err(message)
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
    fn every_mistake_is_reported_in_its_file() {
        for (own, base, expected) in [
            (
                "extends: isogloss.yaml",
                "",
                "isogloss.yaml:1:10: error: `extends` forms a cycle: isogloss.yaml → isogloss.yaml",
            ),
            (
                "source: en\nextends: ../base.yaml",
                "extends: ./shared/../site/isogloss.yaml",
                "../base.yaml:1:10: error: `extends` forms a cycle: isogloss.yaml → ../base.yaml → ../site/isogloss.yaml",
            ),
            (
                "extends: /etc/isogloss.yaml",
                "",
                "isogloss.yaml:1:10: error: `extends` must be a path relative to this file, not `/etc/isogloss.yaml`",
            ),
            (
                "extends: ../../other.yaml",
                "",
                "isogloss.yaml:1:10: error: `../../other.yaml` is outside this repository",
            ),
            ("extends: [a]", "", "isogloss.yaml:1:10: error: `extends` must be a string, not a list"),
            (
                "extends: ../base.yaml\nsource: xx",
                "# all of them\nrules: {sla: off}",
                "isogloss.yaml:2:9: error: `xx` is not a language tag (a locale is a BCP 47 language tag such as `fr`, `pt-BR` or `zh-Hans`)\n\
                 ../base.yaml:2:9: error: unknown rule `sla` (did you mean `sla-mismatch`?)",
            ),
        ] {
            assert_eq!(load(&[("site/isogloss.yaml", own), ("base.yaml", base)]).unwrap_err(), expected);
        }
        let error = load(&[("site/isogloss.yaml", "source: en\nextends: gone.yaml")]).unwrap_err();
        assert!(error.starts_with("isogloss.yaml:2:10: error: cannot read `gone.yaml`: "), "{error}");
    }

    #[test]
    fn a_chain_of_files_has_an_end() {
        let chain = |files: usize| -> Result<Config, String> {
            let name = |at: usize| if at == 0 { "isogloss.yaml".to_owned() } else { format!("{at}.yaml") };
            let text = |at: usize| if at + 1 == files { String::new() } else { format!("extends: {}", name(at + 1)) };
            let texts: Vec<(String, String)> = (0..files).map(|at| (format!("site/{}", name(at)), text(at))).collect();
            load(&texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect::<Vec<_>>())
        };
        assert!(chain(MOST_FILES).is_ok());
        let error = chain(MOST_FILES + 1).unwrap_err();
        assert_eq!(error, "15.yaml:1:10: error: more than 16 files extend each other");
    }

    #[cfg(unix)]
    #[test]
    fn nothing_outside_of_the_tree_is_read_unless_the_command_line_names_it() {
        use std::os::unix::fs::symlink;
        let temporary = tempfile::tempdir().unwrap();
        let base = Utf8Path::from_path(temporary.path()).unwrap().canonicalize_utf8().unwrap();
        let site = base.join("repository/site");
        for folder in ["repository/.git", "repository/site", "outside"] {
            std::fs::create_dir_all(base.join(folder)).unwrap();
        }
        let write = |path: &str, text: &str| std::fs::write(base.join(path), text).unwrap();
        write("outside/secret.yaml", "source: hunter2 x\n");
        write("repository/.git/config", "source: hunter2 x\n");
        write("repository/fine.yaml", "source: sv\n");
        symlink(base.join("outside"), site.join("d")).unwrap();
        symlink("../.git", site.join("g")).unwrap();
        for (name, target) in [
            ("link.yaml", "../../outside/secret.yaml"),
            ("inside.yaml", "../fine.yaml"),
            ("git.yaml", "../.git/config"),
            ("loop.yaml", "loop.yaml"),
            ("gone.yaml", "nowhere.yaml"),
            ("zero.yaml", "/dev/zero"),
        ] {
            symlink(target, site.join(name)).unwrap();
        }
        assert!(std::process::Command::new("mkfifo").arg(site.join("pipe.yaml")).status().unwrap().success());
        write("repository/site/nul.yaml", "sou\0rce: en\n");
        std::fs::write(site.join("latin.yaml"), b"source: caf\xe9\n").unwrap();
        std::fs::write(site.join("utf16.yaml"), b"\xff\xfes\0o\0").unwrap();
        write("repository/site/bom.yaml", "\u{feff}source: sv\r\n");
        write("repository/site/large.yaml", &"#".repeat(LARGEST_CONFIGURATION as usize + 1));
        std::fs::create_dir(site.join("folder.yaml")).unwrap();

        let load = |file: ConfigFile| Config::load(&file, Vec::new(), &site).map_err(|error| error.to_string());
        for (path, found, named, extended) in [
            ("link.yaml", "it is a symbolic link", "it is outside of the repository", "it is a symbolic link"),
            ("inside.yaml", "it is a symbolic link", "", "it is a symbolic link"),
            ("git.yaml", "it is a symbolic link", "it is inside of `.git`", "it is a symbolic link"),
            ("loop.yaml", "it is a symbolic link", "it is a symbolic link", "it is a symbolic link"),
            ("gone.yaml", "it is a symbolic link", "No such file", "it is a symbolic link"),
            ("zero.yaml", "it is a symbolic link", "it is outside of the repository", "it is a symbolic link"),
            ("pipe.yaml", "it is a named pipe", "it is a named pipe", "it is a named pipe"),
            ("d/secret.yaml", "it is outside of the repository", "it is outside", "is outside this repository"),
            ("g/config", "it is inside of `.git`", "it is inside of `.git`", "it is inside of `.git`"),
            ("../../outside/secret.yaml", "it is outside", "is not a language tag", "is outside this repository"),
            ("/dev/zero", "it is outside", "it is larger than 1 MiB", "must be a path relative to this file"),
            ("nul.yaml", "nul.yaml:1:", "nul.yaml:1:", "nul.yaml:1:"),
            ("latin.yaml", "it is not valid UTF-8", "it is not valid UTF-8", "it is not valid UTF-8"),
            ("utf16.yaml", "it is not valid UTF-8", "it is not valid UTF-8", "it is not valid UTF-8"),
            ("bom.yaml", "", "", ""),
            ("large.yaml", "it is larger than 1 MiB", "it is larger than 1 MiB", "it is larger than 1 MiB"),
            ("folder.yaml", "it is a folder", "it is a folder", "it is a folder"),
        ] {
            write("repository/site/extending.yaml", &format!("extends: {path}\n"));
            let named_file = ConfigFile { path: path.into(), named: true };
            for (file, expected) in
                [(ConfigFile::from(path), found), (named_file, named), (ConfigFile::from("extending.yaml"), extended)]
            {
                // Discovered in a folder above.
                if !file.named && file.path.as_str().contains('/') {
                    continue;
                }
                match load(file.clone()) {
                    Ok(_) => assert_eq!(expected, "", "{file:?}"),
                    Err(error) => {
                        assert!(!expected.is_empty() && error.contains(expected), "{file:?}: {error}");
                        assert!(!error.contains("hunter2") || file.named, "{file:?}: {error}");
                    }
                }
            }
        }
    }
}
