//! Destinations of reports: standard output, or a file that is written atomically.

use std::io::{self, Write};
use std::path::Path;
use std::str::FromStr;

use camino::{Utf8Path, Utf8PathBuf};

use super::format::Format;
use super::formats::{FORMATS, find};
use crate::nearest::suggestion;
use isogloss_text::files::{Output, Tree};

/// A format and its destination: `NAME` or `NAME=FILE` on the command line.
#[derive(Debug, Clone)]
pub struct Destination {
    /// The format.
    pub format: &'static Format,
    /// The file; `None` is standard output.
    pub file: Option<Utf8PathBuf>,
}

impl Destination {
    /// The default: standard output, and annotations on GitHub Actions.
    pub fn usual(on_github: bool) -> Self {
        let annotations = if on_github { find("github") } else { None };
        Self { format: annotations.unwrap_or(&FORMATS[0]), file: None }
    }

    /// The name of a destination that two reports share, where one would overwrite the other.
    pub fn shared(destinations: &[Self]) -> Option<String> {
        let outputs: Vec<Option<Output>> =
            destinations.iter().map(|it| it.file.as_deref().and_then(|file| output(file).ok())).collect();
        let is_shared = |a: usize, b: usize| {
            destinations[a].file == destinations[b].file
                || match (&outputs[a], &outputs[b]) {
                    (Some(a), Some(b)) => a.is_same(b),
                    (Some(file), None) | (None, Some(file)) => {
                        (destinations[a].file.is_none() || destinations[b].file.is_none()) && file.is_stdout()
                    }
                    (None, None) => false,
                }
        };
        let again = (0..destinations.len()).find(|&index| (0..index).any(|earlier| is_shared(earlier, index)))?;
        Some(destinations[again].file.as_ref().map_or("standard output".to_owned(), |file| format!("`{file}`")))
    }

    /// Why one of the files cannot be written, also considering the baseline at `baseline` if it is written.
    pub fn refused(destinations: &[Self], baseline: Option<&Output>) -> Option<String> {
        destinations.iter().filter_map(|destination| destination.file.as_deref()).find_map(|file| match output(file) {
            Err(error) => Some(format!("cannot write `{file}`: {error}")),
            Ok(output) => baseline
                .is_some_and(|baseline| baseline.is_same(&output))
                .then(|| format!("a report and the baseline cannot both be written to `{file}`")),
        })
    }
}

impl FromStr for Destination {
    type Err = String;

    fn from_str(argument: &str) -> Result<Self, String> {
        let (name, file) = match argument.split_once('=') {
            Some((name, "")) => return Err(format!("missing file after `{name}=`")),
            Some((name, file)) => (name, Some(Utf8PathBuf::from(file))),
            None => (argument, None),
        };
        let format = find(name).ok_or_else(|| {
            let help = suggestion(name, FORMATS.iter().map(|format| format.name));
            format!("unknown format; {help}")
        })?;
        Ok(Self { format, file })
    }
}

/// Writes a file named on the command line through `write`, atomically: see [`Output::write`].
///
/// # Errors
/// If it cannot be written, or the error of `write`; the file is then unchanged.
pub fn write_file(path: &Utf8Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    output(path)?.write(write)
}

/// A file named on the command line.
fn output(path: &Utf8Path) -> io::Result<Output> {
    Tree::around(Path::new("."))?.output(path.as_std_path(), true)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_destination_is_a_name_with_or_without_a_file() {
        let read = |argument: &str| {
            argument.parse::<Destination>().map(|it| (it.format.name, it.file.map(Utf8PathBuf::into_string)))
        };
        assert_eq!(read("short"), Ok(("short", None)));
        assert_eq!(read("json=a=b.json"), Ok(("json", Some("a=b.json".to_owned()))));
        assert_eq!(read("json="), Err("missing file after `json=`".to_owned()));
        assert_eq!(read("jsno"), Err("unknown format; did you mean `json`?".to_owned()));
        let all = "unknown format; choose from `pretty`, `short`, `json`, ";
        assert!(read("yaml-file").unwrap_err().starts_with(all));
    }

    #[test]
    fn a_failed_report_leaves_the_old_file_and_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let path = Utf8PathBuf::from_path_buf(folder.path().join("report.json")).unwrap();
        write_file(&path, |out| out.write_all(b"old")).unwrap();
        let failed = write_file(&path, |out| {
            out.write_all(b"half")?;
            Err(io::Error::other("no more"))
        });
        assert!(failed.is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        write_file(&path, |out| out.write_all(b"new")).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link_and_others_may_read_the_report() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let real = folder.path().join("real.json");
        fs::write(&real, "old").unwrap();
        let link = Utf8PathBuf::from_path_buf(folder.path().join("link.json")).unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        write_file(&link, |out| out.write_all(b"new")).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&real).unwrap(), "new");
        let plain = folder.path().join("plain");
        fs::write(&plain, "").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode(&real), mode(&plain));
    }
}
