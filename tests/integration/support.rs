//! Support for tests: folders to check, the program and git.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value;
use tempfile::TempDir;

/// A folder that is deleted at the end of the test.
pub(crate) struct Tree {
    folder: TempDir,
}

impl Tree {
    /// Creates a folder with these files.
    pub(crate) fn new<T: AsRef<[u8]>>(files: &[(&str, T)]) -> Self {
        let tree = Self { folder: tempfile::tempdir().unwrap() };
        for (path, text) in files {
            tree.write(path, text);
        }
        tree
    }

    pub(crate) fn path(&self) -> &Utf8Path {
        Utf8Path::from_path(self.folder.path()).unwrap()
    }

    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path().join(path)).unwrap()
    }

    /// Runs the program in the folder.
    pub(crate) fn isogloss(&self, arguments: &[&str]) -> Run {
        Run::of(&mut isogloss(self.folder.path(), arguments))
    }

    /// Runs git in a subfolder, and returns its output without the line break.
    pub(crate) fn git(&self, below: &str, arguments: &[&str]) -> String {
        let folder = self.path().join(below);
        std::fs::create_dir_all(&folder).unwrap();
        let mut git = scrubbed("git", folder.as_std_path());
        git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
        git.args(["-c", "user.name=Tidewater", "-c", "user.email=docs@tidewater.example"]);
        git.args(["-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always"]);
        let output = git.args(arguments).output().unwrap();
        assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
    }

    /// Commits everything in a subfolder, and returns the commit's id.
    pub(crate) fn commit(&self, below: &str) -> String {
        self.git(below, &["add", "--all"]);
        self.git(below, &["commit", "--quiet", "--message", "Revise"]);
        self.git(below, &["rev-parse", "HEAD"])
    }
}

/// A command that runs the program in a folder, with an environment that does not affect its output.
pub(crate) fn isogloss(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = scrubbed(env!("CARGO_BIN_EXE_isogloss"), folder);
    command.args(arguments).stdin(Stdio::null());
    command
}

fn scrubbed(program: &str, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).env_clear();
    // Variables without which programs are not found or do not run.
    for name in ["PATH", "SYSTEMROOT", "LLVM_PROFILE_FILE"] {
        command.envs(std::env::var_os(name).map(|value| (name, value)));
    }
    command
}

/// The output of a run.
#[derive(Debug)]
pub(crate) struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    pub(crate) fn of(command: &mut Command) -> Self {
        Self::ended(command.output().unwrap())
    }

    pub(crate) fn ended(output: Output) -> Self {
        // A process that was ended by a signal has no code: it crashed.
        let code = output.status.code().unwrap_or(-1);
        let stdout = String::from_utf8(output.stdout).unwrap();
        Self { code, stdout, stderr: String::from_utf8(output.stderr).unwrap() }
    }

    /// Parses the output of `--format json`.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// `path:line rule` of every finding in the output of `--format json`.
    pub(crate) fn findings(&self) -> Vec<String> {
        let finding = |finding: &Value| {
            let text = |key: &str| finding[key].as_str().unwrap().to_owned();
            format!("{}:{} {}", text("path"), finding["range"]["start"]["line"], text("rule"))
        };
        self.json()["findings"].as_array().unwrap().iter().map(finding).collect()
    }
}

/// The folder of the crate.
pub(crate) fn crate_folder() -> Utf8PathBuf {
    env!("CARGO_MANIFEST_DIR").into()
}
