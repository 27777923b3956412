//! Each test builds its own small repository, with fixed dates and without user configuration.

mod changes;
mod clones;
mod guesses;
mod surroundings;

use std::ffi::OsString;
use std::fs;
use std::process::{Command, Stdio};

use camino::{Utf8Path, Utf8PathBuf};
use tempfile::TempDir;

use crate::environment::Environment;
use crate::{History, HistoryError, PinState, Query, Unavailable, Verdict};

/// 2023-11-14, the date of every first commit; each further commit is an hour later.
const FIRST_COMMIT: u64 = 1_700_000_000;

/// A folder for repositories.
struct Sandbox {
    folder: TempDir,
}

/// A checkout in a sandbox.
struct Repository<'a> {
    sandbox: &'a Sandbox,
    folder: Utf8PathBuf,
}

impl Sandbox {
    fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    fn path(&self, below: &str) -> Utf8PathBuf {
        Utf8Path::from_path(self.folder.path()).unwrap().join(below)
    }

    /// The environment of git in tests, for building repositories and for the code under test.
    fn variables(&self) -> Vec<(OsString, OsString)> {
        let path = std::env::var_os("PATH").unwrap();
        let nowhere = || OsString::from("/dev/null");
        vec![
            ("PATH".into(), path),
            ("HOME".into(), self.path("home").as_os_str().to_owned()),
            ("GIT_CONFIG_GLOBAL".into(), nowhere()),
            ("GIT_CONFIG_SYSTEM".into(), nowhere()),
            // Otherwise a temporary folder inside a checkout would be part of it.
            ("GIT_CEILING_DIRECTORIES".into(), self.path("").as_os_str().to_owned()),
        ]
    }

    fn git(&self, folder: &Utf8Path, time: u64, arguments: &[&str]) -> String {
        let mut git = Command::new("git");
        git.env_clear().envs(self.variables()).stdin(Stdio::null());
        for role in ["AUTHOR", "COMMITTER"] {
            git.env(format!("GIT_{role}_NAME"), "Larkspur").env(format!("GIT_{role}_EMAIL"), "docs@larkspur.example");
            git.env(format!("GIT_{role}_DATE"), format!("{time} +0000"));
        }
        let output = git.arg("-C").arg(folder).args(arguments).output().unwrap();
        assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    fn repository(&self, name: &str) -> Repository<'_> {
        let folder = self.path(name);
        fs::create_dir_all(&folder).unwrap();
        self.git(&folder, FIRST_COMMIT, &["init", "--quiet", "--initial-branch=main"]);
        Repository { sandbox: self, folder }
    }

    /// Clones over a URL, so that depth and filters apply.
    fn clone(&self, from: &Repository, name: &str, options: &[&str]) -> Repository<'_> {
        from.git(&["config", "uploadpack.allowFilter", "true"]);
        let (url, folder) = (format!("file://{}", from.folder), self.path(name));
        let arguments = [&["clone", "--quiet"], options, &[&url, folder.as_str()]].concat();
        self.git(&self.path(""), FIRST_COMMIT, &arguments);
        Repository { sandbox: self, folder }
    }

    fn open(&self, root: &Utf8Path, given: Option<&Utf8Path>) -> Result<History, HistoryError> {
        History::open_in(&Environment::scrubbed(self.variables()), root, given)
    }
}

impl Repository<'_> {
    fn git(&self, arguments: &[&str]) -> String {
        self.git_at(FIRST_COMMIT, arguments)
    }

    fn git_at(&self, time: u64, arguments: &[&str]) -> String {
        self.sandbox.git(&self.folder, time, arguments)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Commits everything and returns the commit's id.
    fn commit(&self) -> String {
        let count = fs::read_to_string(self.folder.join(".git/logs/HEAD")).map_or(0, |log| log.lines().count() as u64);
        self.git(&["add", "--all"]);
        self.git_at(FIRST_COMMIT + 3600 * count, &["commit", "--quiet", "--allow-empty", "--message=Revise the guide"]);
        self.head()
    }

    /// Writes one file and commits it.
    fn save(&self, path: &str, text: &str) -> String {
        self.write(path, text);
        self.commit()
    }

    fn head(&self) -> String {
        self.git(&["rev-parse", "HEAD"])
    }

    fn open(&self) -> History {
        self.sandbox.open(&self.folder, None).unwrap()
    }

    fn judge(&self, pin: &str, path: &str) -> Verdict {
        judge(self.open(), pin, &self.folder.join(path))
    }

    /// The number of commits that touched a document since a pin.
    fn commits(&self, pin: &str, path: &str) -> Option<usize> {
        let path = self.folder.join(path);
        let judged = self.open().judge(&[Query { pin, path: &path, id: None }], |_| None).unwrap();
        judged.revisions(judged.verdict(0).unwrap()).map(|revisions| revisions.len())
    }

    fn state(&self, pin: &str, path: &str) -> PinState {
        self.judge(pin, path).state
    }
}

fn judge(history: History, pin: &str, path: &Utf8Path) -> Verdict {
    history.judge(&[Query { pin, path, id: None }], |_| None).unwrap().verdict(0).unwrap().clone()
}

fn changed(old: &str) -> PinState {
    PinState::Changed { old: old.into(), moved_from: None }
}
