//! Failing machines: full or broken disks, files that change during the run, killed processes, and environments that lack the
//! usual things.

use std::io::{self, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use camino::{Utf8Path, Utf8PathBuf};
use isogloss::analysis::pins::HistoryChoice;
use isogloss::config::Config;
use isogloss::corpus::contents::{Contents, Disk};
use isogloss::corpus::walk::Root;
use isogloss::finding::NoticeLevel;
use isogloss::report::Report;

use crate::support::{Run, Tree, isogloss};

const ENGLISH: &str = "# Sync\n\nTidewater answers within 24 hours.\n";
const FRENCH: &str = "# Synchro\n\nTidewater répond sous 25 heures.\n";

fn pages(count: usize) -> Tree {
    let tree = Tree::new::<&str>(&[]);
    for page in 0..count {
        tree.write(&format!("en/{page}.md"), ENGLISH);
        tree.write(&format!("fr/{page}.md"), FRENCH);
    }
    tree
}

/// How reading fails.
#[derive(Debug, Clone, Copy)]
enum Failure {
    /// The file cannot be opened.
    Open(io::ErrorKind),
    /// Reading fails after some bytes.
    Read,
    /// The file is deleted after its head was read.
    Vanishes,
    /// The file is longer each time it is read.
    Grows,
    /// The file is shorter each time it is read.
    Shrinks,
}

/// A file system on which files whose paths end with `path` fail.
#[derive(Debug)]
struct BadDisk {
    path: &'static str,
    failure: Failure,
    reads: AtomicUsize,
}

/// Returns a few bytes, then fails.
struct Broken(usize);

impl Read for Broken {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.0.min(buffer.len());
        if count == 0 {
            // The error for a bad block.
            return Err(io::Error::from_raw_os_error(5));
        }
        buffer[..count].fill(b'a');
        self.0 -= count;
        Ok(count)
    }
}

impl BadDisk {
    fn text(&self, path: &Utf8Path) -> io::Result<Vec<u8>> {
        let text = std::fs::read(path)?;
        let reads = if path.as_str().ends_with(self.path) { self.reads.fetch_add(1, Ordering::Relaxed) } else { 0 };
        Ok(match self.failure {
            Failure::Grows => [text, "\nEncore 26 heures.\n".repeat(reads).into_bytes()].concat(),
            Failure::Shrinks => text[..text.len().saturating_sub(9 * reads)].to_vec(),
            Failure::Open(_) | Failure::Read | Failure::Vanishes => text,
        })
    }
}

impl Disk for BadDisk {
    fn open(&self, path: &Utf8Path) -> io::Result<Box<dyn Read>> {
        match self.failure {
            Failure::Open(kind) if path.as_str().ends_with(self.path) => Err(kind.into()),
            Failure::Read if path.as_str().ends_with(self.path) => Ok(Box::new(Broken(7))),
            _ => Ok(Box::new(Cursor::new(self.text(path)?))),
        }
    }

    fn read(&self, path: &Utf8Path) -> io::Result<Vec<u8>> {
        if matches!(self.failure, Failure::Vanishes) && path.as_str().ends_with(self.path) {
            return Err(io::ErrorKind::NotFound.into());
        }
        let mut bytes = Vec::new();
        self.open(path)?.read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

/// Checks three pages, where `fr/1.md` fails.
fn check_on(failure: Failure) -> Report {
    let tree = pages(3);
    let root = Root { locale: None, path: tree.path().to_owned() };
    let config = Config { roots: vec![root], history: HistoryChoice::Off, ..Config::default() };
    let disk = BadDisk { path: "fr/1.md", failure, reads: AtomicUsize::new(0) };
    isogloss::check_contents(&config, Contents::on(Arc::new(disk)), false).unwrap()
}

#[test]
fn a_document_that_cannot_be_read_is_named_and_the_others_are_checked() {
    for failure in [
        Failure::Open(io::ErrorKind::PermissionDenied),
        Failure::Open(io::ErrorKind::NotFound),
        Failure::Open(io::ErrorKind::Other),
        Failure::Read,
        Failure::Vanishes,
    ] {
        let report = check_on(failure);
        let incomplete: Vec<_> = report.notices.iter().filter(|it| it.level == NoticeLevel::Incomplete).collect();
        assert_eq!(incomplete.len(), 1, "{failure:?}: {incomplete:?}");
        assert!(incomplete[0].path.as_ref().unwrap().ends_with("fr/1.md"), "{failure:?}: {incomplete:?}");
        assert!(
            incomplete[0].message.starts_with("not checked: cannot read the file: "),
            "{failure:?}: {incomplete:?}"
        );
        let found: Vec<Utf8PathBuf> = report.findings.iter().map(|finding| finding.path.clone()).collect();
        assert!(found.len() == 2 && !found[0].ends_with("fr/1.md"), "{failure:?}: {found:?}");
    }
}

#[test]
fn documents_that_change_while_they_are_read_break_nothing() {
    for failure in [Failure::Grows, Failure::Shrinks] {
        let report = check_on(failure);
        assert!(report.findings.iter().any(|finding| finding.path.ends_with("fr/0.md")));
        // Snippets are read later, when the file may have other text at these locations.
        for format in isogloss::report::FORMATS {
            let read = |path: &Utf8Path| report.contents.text(path);
            let sources = isogloss::report::Sources::in_place(&read);
            (format.write)(&report, &sources, isogloss::report::Options::plain(), &mut Vec::new()).unwrap();
        }
    }
}

/// Runs the program in a shell that first sets a limit.
#[cfg(unix)]
fn limited(tree: &Tree, limit: &str, arguments: &[&str]) -> Run {
    let program = isogloss(tree.path().as_std_path(), &[]);
    let mut shell = std::process::Command::new("sh");
    shell.current_dir(tree.path()).arg("-c").arg(format!("{limit}; exec \"$0\" \"$@\""));
    Run::of(shell.arg(program.get_program()).args(arguments))
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_old_report_and_no_other_file() {
    let tree = pages(300);
    for (file, arguments) in [
        ("report.json", &["check", "--no-history", "--format", "json=report.json"][..]),
        ("isogloss-baseline.json", &["check", "--no-history", "--write-baseline"]),
    ] {
        let old = "{\"isogloss-baseline\": 1, \"findings\": []}\n";
        tree.write(file, old);
        // Unless it is ignored, a signal ends the process; if it is ignored, the write fails.
        let run = limited(&tree, "trap '' XFSZ; ulimit -f 8", arguments);
        assert_eq!(run.code, 2, "{arguments:?}: {run:?}");
        assert!(run.stderr.contains("cannot write") && run.stderr.contains(file), "{run:?}");
        assert_eq!(tree.read(file), old);
        std::fs::remove_file(tree.path().join(file)).unwrap();
        let left: Vec<_> = std::fs::read_dir(tree.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left.len(), 2, "{left:?}");
    }
}

#[cfg(unix)]
#[test]
fn few_descriptors_and_few_processes_are_enough_or_are_said_to_be_too_few() {
    let tree = pages(40);
    for limit in ["ulimit -n 6", "ulimit -n 10", "ulimit -n 16", "ulimit -n 40"] {
        let run = limited(&tree, limit, &["check", "--no-history", "--format", "short"]);
        assert!(matches!(run.code, 1..=3), "{limit}: {run:?}");
        assert!(!run.stderr.contains("panicked") && (run.code == 1 || !run.stderr.is_empty()), "{limit}: {run:?}");
    }
}

#[test]
fn nothing_of_the_surroundings_is_needed() {
    let tree = pages(2);
    let usual = tree.isogloss(&["check", "--no-history", "--format", "json"]);
    for variables in [
        &[("HOME", "/no/such/folder"), ("TMPDIR", "/no/such/folder")][..],
        &[("LANG", "C"), ("LC_ALL", "C")],
        &[("LANG", "de_DE.ISO-8859-1")],
        &[("TERM", "")],
        &[("COLUMNS", "-1"), ("RAYON_NUM_THREADS", "x")],
    ] {
        let mut command = isogloss(tree.path().as_std_path(), &["check", "--no-history", "--format", "json"]);
        let run = Run::of(command.envs(variables.iter().copied()));
        assert_eq!((run.code, &run.stdout), (usual.code, &usual.stdout), "{variables:?}: {}", run.stderr);
        let mut write = isogloss(tree.path().as_std_path(), &["check", "--no-history", "--format", "json=out.json"]);
        assert_eq!(Run::of(write.envs(variables.iter().copied())).code, 1);
        assert_eq!(tree.read("out.json"), usual.stdout);
    }
}

#[cfg(unix)]
#[test]
fn a_killed_run_leaves_the_old_file_or_the_new_one() {
    let tree = pages(60);
    let arguments = ["check", "--no-history", "--write-baseline"];
    let file = "isogloss-baseline.json";
    assert_eq!(tree.isogloss(&arguments).code, 0);
    let new = tree.read(file);
    let old = "{\"isogloss-baseline\": 1, \"findings\": []}\n";
    for turn in 0..30_u64 {
        tree.write(file, old);
        let mut child = isogloss(tree.path().as_std_path(), &arguments)
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(turn * 7 % 90));
        child.kill().unwrap();
        child.wait().unwrap();
        let left = tree.read(file);
        assert!(left == old || left == new, "turn {turn}: {left}");
    }
    // Incomplete temporary files are not treated as documents.
    assert_eq!(tree.isogloss(&arguments).code, 0);
    assert_eq!(tree.read(file), new);
}
