//! Running git as a program: which folder, which environment, and what its complaints mean.

use std::ffi::{OsStr, OsString};
use std::process::{Command, Stdio};

use camino::{Utf8Path, Utf8PathBuf};

use super::HistoryError;

/// The variables that git programs are started with.
#[derive(Debug, Clone)]
pub(super) struct Environment(Vec<(OsString, OsString)>);

/// Variables of git's own that stay: they say how to find and trust repositories, never which one to use.
const KEPT: &[&str] = &["GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM", "GIT_EXEC_PATH"];

/// What every git process gets: no questions, no locks, no translated messages, and nothing from the network.
///
/// `GIT_NO_LAZY_FETCH` is read since git 2.44; the empty protocol list stops older ones.
const FIXED: &[(&str, &str)] = &[
    ("GIT_TERMINAL_PROMPT", "0"),
    ("GIT_OPTIONAL_LOCKS", "0"),
    ("GIT_NO_LAZY_FETCH", "1"),
    ("GIT_ALLOW_PROTOCOL", ""),
    ("LC_ALL", "C"),
];

/// Completes a partial clone: without the second option, git would apply the clone's filter again.
pub(super) const FETCH_ALL: &str = "fetch --refetch --no-filter";

impl Environment {
    /// This process's variables, without those that would send git to another repository (as set in a hook).
    pub(super) fn of_this_process() -> Self {
        Self::scrubbed(std::env::vars_os())
    }

    /// Leaves out every `GIT_*` but configuration and what [`KEPT`] lists, and adds what [`FIXED`] lists.
    pub(super) fn scrubbed(variables: impl IntoIterator<Item = (OsString, OsString)>) -> Self {
        let mut kept: Vec<_> = variables.into_iter().filter(|(name, _)| keeps(name)).collect();
        kept.extend(FIXED.iter().map(|&(name, value)| (name.into(), value.into())));
        Self(kept)
    }

    /// The same with some more variables.
    pub(super) fn with(mut self, variables: impl IntoIterator<Item = (OsString, OsString)>) -> Self {
        self.0.extend(variables);
        self
    }
}

fn keeps(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    !name.starts_with("GIT_") || name.starts_with("GIT_CONFIG_") || KEPT.contains(&name.as_ref())
}

/// How to call git in one folder.
#[derive(Debug, Clone)]
pub(super) struct Git {
    environment: Environment,
    folder: Utf8PathBuf,
}

/// What `git rev-parse` says about a folder.
#[derive(Debug)]
pub(super) struct Place {
    /// The folder is part of a checkout, neither bare nor inside `.git`.
    pub(super) in_work_tree: bool,
    /// The clone was cut off at some depth.
    pub(super) shallow: bool,
    /// From the folder to the top of its checkout: `../../`, or empty.
    pub(super) to_top: String,
    /// From the top of the checkout to the folder: `content/en/`, or empty.
    pub(super) prefix: String,
}

impl Git {
    pub(super) fn new(environment: Environment, folder: &Utf8Path) -> Self {
        // `git -C ''` means no change of folder, and so does the empty path here.
        let folder = if folder.as_str().is_empty() { Utf8Path::new(".") } else { folder };
        Self { environment, folder: folder.to_owned() }
    }

    /// The folder in which git is run, as it was given.
    pub(super) fn folder(&self) -> &Utf8Path {
        &self.folder
    }

    /// The variables that git is run with.
    pub(super) fn environment(&self) -> &Environment {
        &self.environment
    }

    /// A git command with everything set that does not depend on the subcommand.
    pub(super) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.env_clear().envs(self.environment.0.iter().map(|(name, value)| (name, value)));
        command.args(["--no-pager", "-c", "core.fsmonitor=false"]);
        command.arg("-C").arg(self.folder.as_std_path()).args(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs git to its end and returns what it printed.
    pub(super) fn output(&self, arguments: &[&str]) -> Result<Vec<u8>, HistoryError> {
        let output = self.command(arguments).output().map_err(|error| HistoryError::from_start(&error))?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        Err(self.complaint(&String::from_utf8_lossy(&output.stderr)))
    }

    /// Asks which repository the folder is in.
    pub(super) fn place(&self) -> Result<Place, HistoryError> {
        let arguments =
            ["rev-parse", "--is-inside-work-tree", "--is-shallow-repository", "--show-cdup", "--show-prefix"];
        let output = self.output(&arguments)?;
        let text = String::from_utf8(output).map_err(|_| HistoryError::UnreadablePath(self.folder.clone()))?;
        // The prefix comes last and is the only line that may hold a newline itself.
        let mut lines = text.splitn(4, '\n');
        let mut next = || lines.next().unwrap_or_default().trim_end_matches('\n').to_owned();
        Ok(Place { in_work_tree: next() == "true", shallow: next() == "true", to_top: next(), prefix: next() })
    }

    /// The command that a person would type to run git here.
    pub(super) fn typed(&self, arguments: &str) -> String {
        format!("git -C {} {arguments}", shell_word(self.folder.as_str()))
    }

    /// What a failure of git means, from what it wrote to standard error in the `C` locale.
    pub(super) fn complaint(&self, stderr: &str) -> HistoryError {
        let folder = self.folder.clone();
        if stderr.contains("dubious ownership") {
            let command = stderr.lines().map(str::trim).find(|line| line.starts_with("git config "));
            let fallback = || format!("git config --global --add safe.directory {}", shell_word(folder.as_str()));
            let command = command.map_or_else(fallback, str::to_owned);
            return HistoryError::Untrusted { folder, command };
        }
        if stderr.contains("not a git repository") {
            return HistoryError::NotARepository(folder);
        }
        if stderr.contains("cannot change to") {
            return HistoryError::NoSuchFolder(folder);
        }
        if stderr.contains("from promisor remote") {
            return HistoryError::PartialClone { folder, command: self.typed(FETCH_ALL) };
        }
        if stderr.contains("unknown option `batch-command'") {
            return HistoryError::TooOld;
        }
        let said = stderr.lines().find(|line| line.starts_with("fatal:")).or_else(|| stderr.lines().next());
        HistoryError::Failed { folder, said: said.unwrap_or("it ended without a word").to_owned() }
    }
}

/// A word as a POSIX shell reads it, quoted only where it must be.
fn shell_word(word: &str) -> String {
    let plain = |character: char| character.is_ascii_alphanumeric() || "/._-+:@%=,".contains(character);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_that_redirect_git_are_left_out() {
        let names = [
            ("GIT_DIR", false),
            ("GIT_INDEX_FILE", false),
            ("GIT_WORK_TREE", false),
            ("GIT_OBJECT_DIRECTORY", false),
            ("GIT_EXTERNAL_DIFF", false),
            ("GIT_CONFIG", false),
            ("GIT_CONFIG_GLOBAL", true),
            ("GIT_CONFIG_COUNT", true),
            ("GIT_EXEC_PATH", true),
            ("PATH", true),
            ("HOME", true),
        ];
        for (name, kept) in names {
            assert_eq!(keeps(OsStr::new(name)), kept, "{name}");
        }
    }

    #[test]
    fn complaints_become_sentences_that_help() {
        let git = Git::new(Environment::scrubbed([]), Utf8Path::new("my docs"));
        let cases = [
            (
                "fatal: not a git repository (or any of the parent directories): .git\n",
                "my docs is not in a git repository",
            ),
            ("fatal: cannot change to 'my docs': No such file or directory\n", "there is no folder my docs"),
            ("error: unknown option `batch-command'\nusage: git cat-file\n", "2.36 or newer is needed"),
            ("fatal: could not fetch 1 from promisor remote\n", "run `git -C 'my docs' fetch --refetch --no-filter`"),
            (
                "fatal: detected dubious ownership in repository at '/d'\nTo add an exception:\n\n\tgit config --global --add safe.directory '/d e'\n",
                "run `git config --global --add safe.directory '/d e'`",
            ),
            ("warning: odd\nfatal: loose object is corrupt\n", "git failed in my docs: fatal: loose object is corrupt"),
            ("", "it ended without a word"),
        ];
        for (stderr, sentence) in cases {
            let said = git.complaint(stderr).to_string();
            assert!(said.contains(sentence), "{said:?} for {stderr:?}");
        }
    }

    #[test]
    fn a_typed_command_survives_the_shell() {
        let words =
            [("docs.en", "docs.en"), ("my docs", "'my docs'"), ("it's", r"'it'\''s'"), ("", "''"), ("a;b", "'a;b'")];
        for (word, quoted) in words {
            assert_eq!(shell_word(word), quoted);
        }
    }
}
