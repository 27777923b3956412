//! Finds the repository of a folder.
//!
//! Git uses the innermost folder that looks like a repository, and a pull request can add one, because the files of a
//! bare repository can be committed anywhere. Here only `.git` counts, which git never commits, and the search starts
//! from the outside: what one checkout tracks is never another repository, apart from submodules.

use std::ffi::OsStr;

use camino::{Utf8Path, Utf8PathBuf};

use crate::environment::Environment;
use crate::error::HistoryError;
use crate::git::{Git, Repository, is_there};
use crate::paths::{as_prefix, real};

/// The ids of the empty tree with SHA-1 and with SHA-256.
const EMPTY_TREES: [&str; 2] =
    ["4b825dc642cb6eb9a060e54bf8d69288fbee4904", "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321"];

/// A folder in a repository.
#[derive(Debug)]
pub(crate) struct Location {
    /// Git in that repository.
    pub(crate) git: Git,
    /// The top of the checkout, as a canonical path; `None` if the folder is not in one.
    pub(crate) top: Option<Utf8PathBuf>,
    /// Whether the clone is shallow.
    pub(crate) shallow: bool,
    /// The path from the top of the checkout to the folder: empty, or such as `content/en/`.
    pub(crate) prefix: String,
}

/// Finds the checkout of a folder.
///
/// # Errors
/// If there is none, or git cannot read it.
pub(crate) fn locate(environment: &Environment, folder: &Utf8Path) -> Result<Location, HistoryError> {
    let Some(start) = real(folder) else {
        let here = if folder.as_str().is_empty() { Utf8Path::new(".") } else { folder };
        let is_named_otherwise = here.as_std_path().exists();
        let error = if is_named_otherwise { HistoryError::UnreadablePath } else { HistoryError::NoSuchFolder };
        return Err(error(folder.to_owned()));
    };
    let mut found: Result<Location, HistoryError> = Err(HistoryError::NotARepository(folder.to_owned()));
    for top in tops(environment, &start).into_iter().rev() {
        if found.as_ref().is_ok_and(|outer| outer.tracks(top)) {
            continue;
        }
        let git = Git::new(environment.clone(), top).named(folder);
        // The work tree is where its `.git` is, whatever the configuration says.
        match open(git, top, &top.join(".git"), &["--work-tree=."]) {
            // Git skips an empty or broken `.git` as well.
            Err(HistoryError::NotARepository(_)) => {}
            other => found = other,
        }
    }
    let mut location = found?;
    location.prefix =
        location.top.as_ref().and_then(|top| start.strip_prefix(top).ok()).map(as_prefix).unwrap_or_default();
    Ok(location)
}

/// Finds the repository at a given folder: the bare one there, or else the checkout of the folder.
///
/// # Errors
/// If there is none, git cannot read it, or it is tracked content of another one.
pub(crate) fn locate_named(environment: &Environment, folder: &Utf8Path) -> Result<Location, HistoryError> {
    let Some(start) = real(folder).filter(|start| is_bare(start)) else { return locate(environment, folder) };
    let outer = start.parent().and_then(|parent| locate(environment, parent).ok());
    if outer.is_some_and(|outer| outer.tracks(&start)) {
        return Err(HistoryError::Tracked(folder.to_owned()));
    }
    let git = Git::new(environment.clone(), &start).named(folder);
    open(git, &start, &start, &["-c", "safe.bareRepository=all"])
}

/// Finds the repository that the variables of a hook name.
///
/// # Errors
/// If there is none, or git cannot read it.
pub(crate) fn of_variables(environment: &Environment) -> Result<Location, HistoryError> {
    let here = real(Utf8Path::new(".")).ok_or_else(|| HistoryError::UnreadablePath(".".into()))?;
    let git = Git::new(environment.clone(), Utf8Path::new("."));
    describe(git, &here, &[])
}

/// The folders from `start` upwards that have a `.git`, as far up as git itself would look.
pub(crate) fn tops<'p>(environment: &Environment, start: &'p Utf8Path) -> Vec<&'p Utf8Path> {
    let ceilings: Vec<Utf8PathBuf> = environment
        .get("GIT_CEILING_DIRECTORIES")
        .into_iter()
        .flat_map(std::env::split_paths)
        .filter_map(|ceiling| real(Utf8Path::from_path(&ceiling).filter(|ceiling| ceiling.is_absolute())?))
        .collect();
    let crosses = environment.get("GIT_DISCOVERY_ACROSS_FILESYSTEM").is_some_and(is_true);
    let is_reached = |folder: &&Utf8Path| {
        let is_start = *folder == start;
        (is_start || !ceilings.iter().any(|ceiling| ceiling == folder)) && (crosses || on_one_device(start, folder))
    };
    start.ancestors().take_while(is_reached).filter(|folder| is_there(folder.join(".git").as_std_path())).collect()
}

fn is_true(value: &OsStr) -> bool {
    value.to_str().is_some_and(|value| ["1", "true", "yes", "on"].iter().any(|word| value.eq_ignore_ascii_case(word)))
}

#[cfg(unix)]
fn on_one_device(a: &Utf8Path, b: &Utf8Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let device = |path: &Utf8Path| path.metadata().map(|data| data.dev()).ok();
    device(a) == device(b)
}

#[cfg(not(unix))]
fn on_one_device(_: &Utf8Path, _: &Utf8Path) -> bool {
    true
}

/// Whether a folder has the layout of a bare repository.
fn is_bare(folder: &Utf8Path) -> bool {
    let has = |name: &str| is_there(folder.join(name).as_std_path());
    has("HEAD") && !has(".git") && (has("commondir") || folder.join("objects").is_dir() && has("refs"))
}

/// Files of a repository that git reads before anything else.
const READ_FIRST: &[&str] = &["config", "config.worktree", "HEAD", "index", "packed-refs", "shallow", "commondir"];

/// The first of these files that exists and is not a regular file, such as a named pipe, on which git would block.
fn irregular_file(repository: &Utf8Path) -> Option<Utf8PathBuf> {
    let mut files = READ_FIRST.iter().map(|name| repository.join(name));
    files.find(|file| file.metadata().is_ok_and(|data| !data.is_file()))
}

/// Opens the repository at `expected` by running git in `at`.
fn open(git: Git, at: &Utf8Path, expected: &Utf8Path, options: &[&str]) -> Result<Location, HistoryError> {
    let folder = git.folder().to_owned();
    if let Some(file) = irregular_file(expected) {
        return Err(git.error(&format!("fatal: {file} is not a regular file")));
    }
    let location = describe(git, at, options)?;
    // If `.git` is not a valid repository, git goes on to the folder itself and those above it.
    let found = location.git.repository().and_then(|repository| real(&repository.folder));
    if expected.is_dir() && found != real(expected) {
        return Err(HistoryError::NotARepository(folder));
    }
    Ok(location)
}

/// Queries git for the repository of a folder.
fn describe(git: Git, at: &Utf8Path, options: &[&str]) -> Result<Location, HistoryError> {
    let arguments = [
        options,
        &["rev-parse", "--is-inside-work-tree", "--is-shallow-repository", "--show-object-format"],
        &["--absolute-git-dir", "--show-cdup"],
    ]
    .concat();
    let output = git.quick_output(&arguments)?;
    let unreadable = || HistoryError::UnreadablePath(git.folder().to_owned());
    let text = String::from_utf8(output).map_err(|_| unreadable())?;
    let mut lines = text.strip_suffix('\n').unwrap_or(&text).splitn(4, '\n');
    let mut next = || lines.next().unwrap_or_default();
    let (in_work_tree, shallow) = (next() == "true", next() == "true");
    let empty_tree = EMPTY_TREES[usize::from(next() == "sha256")];
    let rest = next();
    // Outside a work tree, git prints no path to its top.
    let (folder, to_top) =
        if in_work_tree { rest.rsplit_once('\n').unwrap_or_default() } else { (rest.trim_end(), "") };
    let folder = Utf8PathBuf::from(folder);
    let top = in_work_tree.then(|| real(&at.join(to_top))).flatten();
    if !folder.is_absolute() || (in_work_tree && top.is_none()) {
        return Err(unreadable());
    }
    let runs_in = top.clone().unwrap_or_else(|| at.to_owned());
    let repository = Repository { folder, work_tree: top.clone(), empty_tree };
    Ok(Location { git: git.of(repository, runs_in), top, shallow, prefix: String::new() })
}

impl Location {
    /// Whether the checkout tracks a folder as content, and not as a submodule.
    fn tracks(&self, folder: &Utf8Path) -> bool {
        let Some(below) = self.top.as_ref().and_then(|top| folder.strip_prefix(top).ok()) else { return false };
        let name = below.as_str().replace('\\', "/");
        let pathspec = format!(":(top,literal){name}");
        let listed = self.git.quick_output(&["ls-files", "--stage", "--full-name", "-z", "--", &pathspec]);
        listed.is_ok_and(|listed| !listed.is_empty() && !is_submodule(&listed, &name))
    }
}

/// Whether the first entry of the index is a submodule with this name.
fn is_submodule(listed: &[u8], name: &str) -> bool {
    let first = listed.split(|&byte| byte == 0).next().unwrap_or_default();
    first.starts_with(b"160000 ") && first.ends_with(format!("\t{name}").as_bytes())
}
