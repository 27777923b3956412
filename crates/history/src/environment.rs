//! The environment that git runs in: its program and its variables.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// The program of git, and the variables that it is started with.
#[derive(Debug, Clone)]
pub(crate) struct Environment {
    variables: Vec<(OsString, OsString)>,
    /// The program; `None` if it is in no folder of the `PATH`.
    program: Option<PathBuf>,
}

/// Variables of git that are passed on: they say how to find and trust repositories, but not which one to use.
const KEPT: &[&str] = &["GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM", "GIT_EXEC_PATH"];

/// Variables that name the repository, work tree, index and objects of a hook.
const OF_A_HOOK: &[&str] = &[
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
];

/// Variables of other programs with which git would ask for a password.
const PROMPTS: &[&str] = &["SSH_ASKPASS", "PAGER", "EDITOR", "VISUAL"];

/// Variables of every git process: no prompts, locks, translated messages, traces or network access, and the history as
/// its commits record it, without replacements and grafts.
///
/// Git reads `GIT_NO_LAZY_FETCH` since 2.44; older versions are stopped by `GIT_ALLOW_PROTOCOL`, which names no
/// existing protocol.
const FIXED: &[(&str, &str)] = &[
    ("GIT_TERMINAL_PROMPT", "0"),
    ("GIT_ASKPASS", ""),
    ("GIT_OPTIONAL_LOCKS", "0"),
    ("GIT_NO_LAZY_FETCH", "1"),
    ("GIT_ALLOW_PROTOCOL", "none"),
    ("GIT_NO_REPLACE_OBJECTS", "1"),
    // No file can exist below a path that is not a folder.
    ("GIT_GRAFT_FILE", "/dev/null/none"),
    ("GIT_ATTR_NOSYSTEM", "1"),
    ("GIT_TRACE2", "0"),
    ("GIT_TRACE2_EVENT", "0"),
    ("GIT_TRACE2_PERF", "0"),
    ("LC_ALL", "C"),
];

impl Environment {
    /// The variables of this process, without those that redirect git to another repository (as set in a hook).
    pub(crate) fn of_this_process() -> Self {
        Self::scrubbed(std::env::vars_os())
    }

    /// The variables of this process, with those that name the repository of a hook.
    pub(crate) fn of_a_hook() -> Self {
        let is_ours = |name: &OsStr| name.to_str().is_some_and(|name| OF_A_HOOK.contains(&name));
        let ours = std::env::vars_os().filter(|(name, value)| is_ours(name) && !value.is_empty());
        let mut environment = Self::of_this_process();
        environment.variables.extend(ours);
        environment
    }

    /// Drops all `GIT_*` variables except for configuration and [`KEPT`], and adds [`FIXED`].
    pub(crate) fn scrubbed(variables: impl IntoIterator<Item = (OsString, OsString)>) -> Self {
        let mut variables: Vec<_> = variables.into_iter().filter(|(name, _)| keeps(name)).collect();
        let mut program = None;
        for (name, value) in &mut variables {
            if name.eq_ignore_ascii_case("PATH") {
                let folders: Vec<PathBuf> =
                    std::env::split_paths(value).filter(|folder| folder.is_absolute()).collect();
                program = find_program(&folders);
                // Programs that git starts are not searched for in the current folder either.
                *value = std::env::join_paths(folders).unwrap_or_default();
            }
        }
        variables.extend(FIXED.iter().map(|&(name, value)| (name.into(), value.into())));
        Self { variables, program }
    }

    /// Removes a variable.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.variables.retain(|(known, _)| known != name);
        self
    }

    /// All variables.
    pub(crate) fn variables(&self) -> impl Iterator<Item = (&OsStr, &OsStr)> {
        self.variables.iter().map(|(name, value)| (name.as_os_str(), value.as_os_str()))
    }

    /// The value of a variable; the last one counts if there are several.
    pub(crate) fn get(&self, name: &str) -> Option<&OsStr> {
        self.variables.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.as_os_str())
    }

    /// The program of git.
    pub(crate) fn program(&self) -> Option<&Path> {
        self.program.as_deref()
    }
}

fn keeps(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    let is_kept = !name.starts_with("GIT_") || name.starts_with("GIT_CONFIG_") || KEPT.contains(&name.as_ref());
    is_kept && !PROMPTS.contains(&name.as_ref())
}

/// Git in the first folder that has it. The system's own search may include the current folder, with whatever was
/// committed to it: always on Windows, elsewhere if the `PATH` has an empty or relative entry.
fn find_program(folders: &[PathBuf]) -> Option<PathBuf> {
    let name = if cfg!(windows) { "git.exe" } else { "git" };
    folders.iter().map(|folder| folder.join(name)).find(|program| is_executable(program))
}

#[cfg(unix)]
fn is_executable(program: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(program).is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(program: &Path) -> bool {
    program.is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_that_redirect_git_are_dropped() {
        let names = [
            ("GIT_DIR", false),
            ("GIT_INDEX_FILE", false),
            ("GIT_WORK_TREE", false),
            ("GIT_OBJECT_DIRECTORY", false),
            ("GIT_EXTERNAL_DIFF", false),
            ("GIT_TRACE", false),
            ("GIT_TRACE2_EVENT", false),
            ("GIT_SSH_COMMAND", false),
            ("GIT_REPLACE_REF_BASE", false),
            ("GIT_SHALLOW_FILE", false),
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

    #[cfg(unix)]
    #[test]
    fn git_is_not_looked_for_in_the_current_folder() {
        let path = |value: &str| Environment::scrubbed([("PATH".into(), value.into())]);
        assert_eq!(path(":.:bin").program(), None);
        assert_eq!(path(":/usr/bin::.:/bin").get("PATH"), Some(OsStr::new("/usr/bin:/bin")));
    }
}
