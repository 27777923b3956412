//! Runs git as a program. All commands are built here, so that nothing in a repository is run or written to, or changes
//! git's output.
//!
//! Only commands are used that neither convert files (filters, `textconv`, encodings) nor refresh the index, whatever
//! `.gitattributes` and the repository's configuration say. The settings below are a second line of defence.

use std::io::Read;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use camino::{Utf8Path, Utf8PathBuf};

use crate::environment::Environment;
use crate::error::HistoryError;

/// Completes a partial clone; without the second option, git would apply the clone's filter again.
pub(crate) const FETCH_ALL: &str = "fetch --refetch --no-filter";

/// Settings that override the repository's configuration: programs that git would run, files that it would write, and
/// everything that changes the output of the commands that are used.
const SETTINGS: &[(&str, &str)] = &[
    // Never finds a repository that is tracked content of another one (git 2.38 and newer).
    ("safe.bareRepository", "explicit"),
    ("core.fsmonitor", "false"),
    ("core.hooksPath", "/dev/null"),
    ("core.attributesFile", "/dev/null"),
    ("core.alternateRefsCommand", "false"),
    ("core.sshCommand", "false"),
    ("core.askPass", ""),
    ("core.untrackedCache", "false"),
    // A forged or outdated graph would hide commits.
    ("core.commitGraph", "false"),
    ("core.useReplaceRefs", "false"),
    ("core.warnAmbiguousRefs", "false"),
    ("credential.helper", ""),
    ("protocol.allow", "never"),
    ("submodule.recurse", "false"),
    ("gc.auto", "0"),
    ("maintenance.auto", "false"),
    ("log.follow", "false"),
    ("log.showSignature", "false"),
    ("log.showRoot", "true"),
    ("log.mailmap", "false"),
    ("log.date", "default"),
    ("log.diffMerges", "separate"),
    ("format.pretty", "medium"),
    ("gpg.program", "false"),
    ("diff.relative", "false"),
    ("diff.renames", "false"),
    ("color.ui", "false"),
    ("i18n.logOutputEncoding", "UTF-8"),
];

/// The time limit for everything but a log. Commands take milliseconds, unless they wait for something that never
/// happens, such as the other end of a named pipe among the repository's files.
pub(crate) const TIME_LIMIT: Duration = Duration::from_secs(20);

/// Calls git for one folder.
#[derive(Debug, Clone)]
pub(crate) struct Git {
    environment: Environment,
    /// The folder as given, for messages.
    folder: Utf8PathBuf,
    /// The folder that git runs in.
    at: Utf8PathBuf,
    /// The repository once it is known, so that later processes cannot find another one.
    repository: Option<Repository>,
}

/// A repository.
#[derive(Debug, Clone)]
pub(crate) struct Repository {
    /// Absolute.
    pub(crate) folder: Utf8PathBuf,
    /// The top of the checkout; `None` if there is none.
    pub(crate) work_tree: Option<Utf8PathBuf>,
    /// The id of the empty tree, which depends on the repository's hash function.
    pub(crate) empty_tree: &'static str,
}

impl Git {
    /// Git in a folder whose repository is not known yet.
    pub(crate) fn new(environment: Environment, folder: &Utf8Path) -> Self {
        // `git -C ''` means no change of folder, as does the empty path here.
        let folder = if folder.as_str().is_empty() { Utf8Path::new(".") } else { folder };
        Self { environment, folder: folder.to_owned(), at: folder.to_owned(), repository: None }
    }

    /// Git in a known repository.
    pub(crate) fn of(mut self, repository: Repository, at: Utf8PathBuf) -> Self {
        self.repository = Some(repository);
        self.at = at;
        self
    }

    /// Changes the folder that messages name.
    pub(crate) fn named(mut self, folder: &Utf8Path) -> Self {
        self.folder = if folder.as_str().is_empty() { Utf8PathBuf::from(".") } else { folder.to_owned() };
        self
    }

    /// Removes an environment variable.
    pub(crate) fn without(mut self, variable: &str) -> Self {
        self.environment = self.environment.without(variable);
        self
    }

    /// The id of the empty tree.
    pub(crate) fn empty_tree(&self) -> &'static str {
        self.repository.as_ref().map_or("", |repository| repository.empty_tree)
    }

    /// The folder as given.
    pub(crate) fn folder(&self) -> &Utf8Path {
        &self.folder
    }

    /// The environment that git runs in.
    pub(crate) fn environment(&self) -> &Environment {
        &self.environment
    }

    /// The repository, if it is known.
    pub(crate) fn repository(&self) -> Option<&Repository> {
        self.repository.as_ref()
    }

    /// A git command with everything that does not depend on the subcommand.
    pub(crate) fn command(&self, arguments: &[&str]) -> Result<Command, HistoryError> {
        let program = self.environment.program().ok_or(HistoryError::NoGit)?;
        let mut command = Command::new(program);
        command.env_clear().envs(self.environment.variables());
        command.arg("--no-pager");
        for (name, value) in SETTINGS {
            command.arg("-c").arg(format!("{name}={value}"));
        }
        command.arg("-C").arg(plain(&self.at));
        if let Some(repository) = &self.repository {
            command.env("GIT_ATTR_SOURCE", repository.empty_tree);
            command.arg(format!("--git-dir={}", repository.folder));
            command.args(repository.work_tree.as_ref().map(|top| format!("--work-tree={}", plain(top))));
        }
        command.args(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        Ok(command)
    }

    /// Runs git and returns its output, without a time limit, because a history may be long.
    pub(crate) fn output(&self, arguments: &[&str]) -> Result<Vec<u8>, HistoryError> {
        let output = self.command(arguments)?.output().map_err(|error| HistoryError::from_start(&error))?;
        self.printed(output)
    }

    /// Runs git with a time limit and returns its output.
    pub(crate) fn quick_output(&self, arguments: &[&str]) -> Result<Vec<u8>, HistoryError> {
        self.printed(self.quickly(arguments)?)
    }

    /// Runs git with a time limit and returns its output and exit status, for commands that exit with 1 if there is
    /// nothing to print.
    pub(crate) fn quickly(&self, arguments: &[&str]) -> Result<Output, HistoryError> {
        let output = within(self.command(arguments)?, TIME_LIMIT).map_err(|error| HistoryError::from_start(&error))?;
        output.ok_or_else(|| self.error(&format!("no answer within {} seconds", TIME_LIMIT.as_secs())))
    }

    fn printed(&self, output: Output) -> Result<Vec<u8>, HistoryError> {
        if output.status.success() {
            return Ok(output.stdout);
        }
        Err(self.error(&String::from_utf8_lossy(&output.stderr)))
    }

    /// The id of the commit at `HEAD`; `None` before the first one.
    pub(crate) fn head(&self) -> Result<Option<String>, HistoryError> {
        let output = self.quickly(&["rev-parse", "--verify", "--quiet", "HEAD"])?;
        match output.status.code() {
            Some(1) if output.stderr.is_empty() => Ok(None),
            _ => Ok(Some(String::from_utf8_lossy(&self.printed(output)?).trim_end().to_owned())),
        }
    }

    /// Whether the clone has a filter, so that missing objects need not be damaged.
    pub(crate) fn is_partial(&self) -> bool {
        let keys = r"^(extensions\.partialclone|remote\..*\.(promisor|partialclonefilter))$";
        // It exits with 1 if there are none.
        self.repository.is_some()
            && self.quick_output(&["config", "--get-regexp", keys]).is_ok_and(|found| !found.is_empty())
    }

    /// The command to run git here, as a person would type it.
    pub(crate) fn shell_command(&self, arguments: &str) -> String {
        format!("git -C {} {arguments}", shell_word(self.folder.as_str()))
    }

    /// The error for what git wrote to standard error in the `C` locale.
    pub(crate) fn error(&self, stderr: &str) -> HistoryError {
        let folder = self.folder.clone();
        if stderr.contains("dubious ownership") {
            let command = stderr.lines().map(str::trim).find(|line| line.starts_with("git config "));
            let fallback = || format!("git config --global --add safe.directory {}", shell_word(folder.as_str()));
            let command = command.map_or_else(fallback, str::to_owned);
            return HistoryError::Untrusted { folder, command };
        }
        if stderr.contains("not a git repository") || stderr.contains("cannot use bare repository") {
            return HistoryError::NotARepository(folder);
        }
        if stderr.contains("cannot change to") {
            return HistoryError::NoSuchFolder(folder);
        }
        if stderr.contains("from promisor remote") {
            return HistoryError::PartialClone { folder, command: self.shell_command(FETCH_ALL) };
        }
        if stderr.contains("unknown option `batch-command'") {
            return HistoryError::TooOld;
        }
        let message = stderr.lines().find(|line| line.starts_with("fatal:")).or_else(|| stderr.lines().next());
        let message = message.unwrap_or("it exited without an error message").to_owned();
        let missing = NOT_FOUND.iter().any(|sign| stderr.contains(sign));
        if missing && !is_about_corruption(stderr) && self.is_partial() {
            return HistoryError::PartialClone { folder, command: self.shell_command(FETCH_ALL) };
        }
        if missing || is_about_corruption(stderr) {
            return HistoryError::Damaged { folder, message, command: self.shell_command("fsck") };
        }
        HistoryError::Failed { folder, message }
    }
}

/// Messages about objects whose bytes are damaged.
const CORRUPT: &[&str] = &[
    "is corrupt",
    "corrupted",
    "hash mismatch",
    "unable to stream",
    "unable to unpack",
    "inflate:",
    "object file",
    "bad packed object",
    "delta base",
    "truncated",
    "index file",
    "packfile",
    "garbage at end of loose object",
    "mmap failed",
];

/// Messages about objects that were not found, for whatever reason.
const NOT_FOUND: &[&str] =
    &["unable to read", "ould not read", "bad object", "bad tree object", "bad revision", "not a tree"];

/// Whether git reports objects whose bytes are damaged.
pub(crate) fn is_about_corruption(stderr: &str) -> bool {
    CORRUPT.iter().any(|sign| stderr.contains(sign))
}

/// Runs a command; `None` if it takes longer than `time`.
fn within(mut command: Command, time: Duration) -> std::io::Result<Option<Output>> {
    let mut child = command.spawn()?;
    let (sender, receiver) = mpsc::channel();
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let read = |pipe: Option<Box<dyn Read + Send>>, which: usize| {
        let sender = sender.clone();
        thread::spawn(move || {
            let mut bytes = Vec::new();
            if let Some(mut pipe) = pipe {
                let _ = pipe.read_to_end(&mut bytes);
            }
            let _ = sender.send((which, bytes));
        });
    };
    read(stdout.map(|pipe| Box::new(pipe) as _), 0);
    read(stderr.map(|pipe| Box::new(pipe) as _), 1);
    let mut printed = [Vec::new(), Vec::new()];
    for _ in 0..printed.len() {
        let Ok((which, bytes)) = receiver.recv_timeout(time) else {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        };
        printed[which] = bytes;
    }
    let [stdout, stderr] = printed;
    Ok(Some(Output { status: child.wait()?, stdout, stderr }))
}

/// Quotes a word for a POSIX shell if necessary.
fn shell_word(word: &str) -> String {
    let plain = |character: char| character.is_ascii_alphanumeric() || "/._-+:@%=,".contains(character);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// A path as git for Windows reads it, without the prefix that canonical paths have there.
fn plain(path: &Utf8Path) -> &str {
    path.as_str().strip_prefix(r"\\?\").unwrap_or(path.as_str())
}

/// Whether anything exists at a path, even a dangling link.
pub(crate) fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_become_sentences_that_help() {
        let git = Git::new(Environment::scrubbed([]), Utf8Path::new("my docs"));
        let cases = [
            (
                "fatal: not a git repository (or any of the parent directories): .git\n",
                "my docs is not in a git repository",
            ),
            ("fatal: cannot change to 'my docs': No such file or directory\n", "in my docs: no such folder"),
            ("error: unknown option `batch-command'\nusage: git cat-file\n", "2.36 or newer is needed"),
            ("fatal: could not fetch 1 from promisor remote\n", "run `git -C 'my docs' fetch --refetch --no-filter`"),
            (
                "fatal: detected dubious ownership in repository at '/d'\nTo add an exception:\n\n\tgit config --global --add safe.directory '/d e'\n",
                "run `git config --global --add safe.directory '/d e'`",
            ),
            (
                "warning: odd\nfatal: loose object is corrupt\n",
                "the repository of my docs is damaged (fatal: loose object is corrupt)",
            ),
            ("fatal: bad config line 3 in file .git/config\n", "git failed in my docs: fatal: bad config line 3"),
            ("", "it exited without an error message"),
        ];
        for (stderr, sentence) in cases {
            let message = git.error(stderr).to_string();
            assert!(message.contains(sentence), "{message:?} for {stderr:?}");
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

    #[cfg(unix)]
    #[test]
    fn a_git_that_does_not_answer_is_killed() {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", "sleep 60"]).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        assert!(within(command, Duration::from_millis(10)).unwrap().is_none());
    }
}
