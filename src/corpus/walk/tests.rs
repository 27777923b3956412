use std::fs;

use camino::Utf8Path;
use tempfile::TempDir;

use super::*;
use crate::config::Config;
use crate::finding::NoticeLevel;
use camino::Utf8PathBuf;
use isogloss_text::Locale;
use isogloss_text::files::LARGEST_IGNORE_FILE;

/// Creates a tree of empty files in a temporary folder.
fn tree(files: &[&str]) -> (TempDir, Utf8PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = Utf8PathBuf::from_path_buf(folder.path().to_owned()).unwrap();
    for file in files {
        let file = path.join(file);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, "").unwrap();
    }
    (folder, path)
}

fn root(path: impl Into<Utf8PathBuf>) -> Root {
    Root { locale: None, path: path.into() }
}

/// Globs from a configuration file in the folder `path`.
fn excluded(path: &Utf8Path, globs: &str) -> Globs {
    fs::write(path.join("isogloss.yaml"), format!("exclude: [{globs}]\n")).unwrap();
    Config::load(&"isogloss.yaml".into(), Vec::new(), path).unwrap().exclude
}

fn names(walked: &Walked) -> Vec<&str> {
    walked.files.iter().map(|file| file.relative.as_str()).collect()
}

#[test]
fn markdown_is_found_and_the_rest_left_out() {
    let (_folder, path) = tree(&[
        "b/one.md",
        "a.MDX",
        "a.markdown",
        "a.txt",
        "md",
        ".github/x.md",
        ".git/x.md",
        "node_modules/p/x.md",
        "out/x.md",
        "b/skip.md",
        "b/old/x.md",
        "drafts/x.md",
        "deep/drafts/kept.md",
        "deep/out/x.md",
    ]);
    fs::write(path.join(".gitignore"), "out/\n").unwrap();
    fs::write(path.join("b/.isoglossignore"), "skip.md\n").unwrap();
    let walked = walk(&[root(&path)], &excluded(&path, "drafts/**, /b/old")).unwrap();
    assert_eq!(names(&walked), [".github/x.md", "a.MDX", "a.markdown", "b/one.md", "deep/drafts/kept.md"]);
    assert_eq!(walked.files[3].path, path.join("b/one.md"));
    assert_eq!(walked.notices, []);
}

#[test]
fn a_gitignore_above_the_root_holds_inside_a_checkout_only() {
    let (_folder, path) = tree(&["docs/x.md", "docs/y.md"]);
    fs::write(path.join(".gitignore"), "x.md\n").unwrap();
    assert_eq!(names(&walk(&[root(path.join("docs"))], &Globs::default()).unwrap()), ["x.md", "y.md"]);
    fs::create_dir(path.join(".git")).unwrap();
    assert_eq!(names(&walk(&[root(path.join("docs"))], &Globs::default()).unwrap()), ["y.md"]);
}

#[test]
fn no_file_is_found_twice() {
    let (_folder, path) = tree(&["docs/a.md", "docs/fr/a.md", "docs/fr/b.md"]);
    let fr = Some(Locale::parse("fr").unwrap());
    let again = path.join("docs/../docs/fr");
    let roots = [
        root(path.join("docs")),
        root(path.join("docs/fr")),
        Root { locale: fr.clone(), path: again },
        root(path.join("docs/fr/b.md")),
        root(path.join("docs/fr/../a.md")),
    ];
    let walked = walk(&roots, &Globs::default()).unwrap();
    let found: Vec<(&str, usize)> = walked.files.iter().map(|file| (file.relative.as_str(), file.root)).collect();
    assert_eq!(found, [("a.md", 0), ("a.md", 1), ("b.md", 1)]);
    assert_eq!(walked.roots[1].locale, fr);
    assert_eq!(walked.notices, []);
}

#[test]
fn files_given_by_themselves_have_the_folder_above_all_as_root() {
    let (_folder, path) = tree(&["docs/fr/guide/a.md", "docs/en/guide/a.md", "docs/x.txt"]);
    fs::write(path.join(".gitignore"), "*.md\n").unwrap();
    let given = [path.join("docs/fr/guide/a.md"), path.join("docs/en/guide/a.md"), path.join("docs/x.txt")];
    let walked = walk(&given.map(root), &Globs::default()).unwrap();
    assert_eq!(names(&walked), ["en/guide/a.md", "fr/guide/a.md"]);
    assert_eq!(walked.roots, [root(path.join("docs"))]);
    assert_eq!(walked.notices.len(), 1, "{:?}", walked.notices);

    let walked = walk(&[root(path.join("docs/fr/guide/a.md"))], &Globs::default()).unwrap();
    assert_eq!(names(&walked), ["a.md"]);
    assert!(walked.notices[0].message.contains("without its other locales"));
}

#[test]
fn a_root_that_does_not_exist_is_an_error() {
    let error = walk(&[root("no/such/folder")], &Globs::default()).unwrap_err();
    assert_eq!(error.to_string(), "no such file or folder: `no/such/folder`");
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_and_those_that_hide_documents_are_reported() {
    use std::os::unix::fs::symlink;
    let (_folder, path) = tree(&["docs/en/a.md", "docs/en/pic.png", "other/b.md"]);
    let docs = path.join("docs");
    symlink(&docs, docs.join("en/loop")).unwrap();
    symlink(path.join("other"), docs.join("outside")).unwrap();
    symlink(docs.join("en"), docs.join("inside")).unwrap();
    symlink("gone.md", docs.join("broken.md")).unwrap();
    symlink("round.md", docs.join("round.md")).unwrap();
    symlink(docs.join("en/pic.png"), docs.join("pic.png")).unwrap();
    symlink(&docs, path.join("link")).unwrap();
    let walked = walk(&[root(path.join("link"))], &Globs::default()).unwrap();
    assert_eq!(names(&walked), ["en/a.md"]);
    assert_eq!(walked.files[0].path, path.join("link/en/a.md"));
    let reported: Vec<&str> =
        walked.notices.iter().map(|notice| notice.path.as_ref().unwrap().file_name().unwrap()).collect();
    assert_eq!(reported, ["loop", "outside", "broken.md", "round.md"], "{:#?}", walked.notices);
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_not_utf8_are_reported() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let (_folder, path) = tree(&["a.md"]);
    fs::write(path.as_std_path().join(OsStr::from_bytes(b"caf\xe9.md")), "").unwrap();
    fs::write(path.as_std_path().join(OsStr::from_bytes(b"caf\xe9.png")), "").unwrap();
    fs::create_dir(path.as_std_path().join(OsStr::from_bytes(b"f\xe9"))).unwrap();
    fs::write(path.as_std_path().join(OsStr::from_bytes(b"f\xe9/b.md")), "").unwrap();
    let walked = walk(&[root(&path)], &Globs::default()).unwrap();
    assert_eq!(names(&walked), ["a.md"]);
    assert_eq!(walked.notices.len(), 2, "{:?}", walked.notices);
}

#[test]
fn deeper_ignore_files_win_and_those_for_isogloss_win_over_those_for_git() {
    let (_folder, path) = tree(&[
        "top/.git/HEAD",
        "top/docs/fr/a.md",
        "top/docs/fr/b.md",
        "top/docs/fr/c.md",
        "top/docs/fr/d.md",
        "top/docs/sv/a.md",
        "top/docs/sv/b.md",
        "top/docs/old/a.md",
        "top/docs/old/.gitignore",
    ]);
    let write = |file: &str, text: &str| fs::write(path.join(file), text).unwrap();
    write(".gitignore", "*\n");
    write(".isoglossignore", "*\n");
    write("top/.gitignore", "\u{feff}a.md\r\nold/\nd.md\n");
    write("top/docs/.gitignore", "b.md\n# c.md\n");
    write("top/docs/old/.gitignore", "!*\n");
    write("top/docs/sv/.gitignore", "!/a.md\n");
    write("top/.isoglossignore", "c.md\n");
    write("top/docs/fr/.isoglossignore", "!d.md\n");
    for roots in [vec![path.join("top/docs")], vec![path.join("top/docs/fr"), path.join("top/docs/sv")]] {
        let walked = walk(&roots.into_iter().map(root).collect::<Vec<_>>(), &Globs::default()).unwrap();
        let names: Vec<&str> = names(&walked).into_iter().map(|name| &name[name.len() - 4..]).collect();
        assert_eq!(names, ["d.md", "a.md"]);
        assert_eq!(walked.notices, []);
    }
}

#[test]
fn an_ignore_file_that_cannot_be_applied_is_named_and_the_run_is_blind() {
    let broken = "a{b\n".to_owned();
    let long = format!("{}\nx.md\n", "a".repeat(2000));
    for (bytes, level, found, expected) in [
        (vec![b'\n'; (LARGEST_IGNORE_FILE + 1) as usize], NoticeLevel::Incomplete, 1, "larger than 1 MiB"),
        (
            "x*y\n".repeat(ignored::MOST_PATTERNS / 2 + 1).into_bytes(),
            NoticeLevel::Incomplete,
            1,
            "more than 20000 patterns",
        ),
        (broken.into_bytes(), NoticeLevel::Warning, 1, "line 1: error parsing glob 'a{b': "),
        (long.into_bytes(), NoticeLevel::Warning, 0, "line 1: pattern longer than 1024 bytes; fix"),
        (b"y.md\ncaf\xe9\nx.md".to_vec(), NoticeLevel::Warning, 0, "line 2 is not valid UTF-8; "),
        ("{".repeat(1000).into_bytes(), NoticeLevel::Warning, 1, "line 1: "),
        (["{a,".repeat(250), "}".repeat(250)].concat().into_bytes(), NoticeLevel::Incomplete, 1, "not applied: "),
    ] {
        for name in [".gitignore", ".isoglossignore"] {
            let (_folder, path) = tree(&["fr/x.md"]);
            fs::write(path.join("fr").join(name), &bytes).unwrap();
            let walked = walk(&[root(&path)], &Globs::default()).unwrap();
            assert_eq!(walked.files.len(), found, "{expected}");
            let [notice] = &walked.notices[..] else { panic!("{expected}: {:?}", walked.notices) };
            assert_eq!((notice.path.as_deref(), notice.level), (Some(&*path.join("fr").join(name)), level));
            assert!(notice.message.contains(expected), "{}", notice.message);
        }
    }
}

#[test]
fn too_many_patterns_in_all_end_the_walk() {
    let (_folder, path) = tree(&["1/a.md", "2/a.md", "3/a.md", "4/a.md", "5/a.md", "6/a.md"]);
    for folder in 1..=6 {
        fs::write(path.join(format!("{folder}/.gitignore")), "x\n".repeat(11_000)).unwrap();
    }
    let error = walk(&[root(&path)], &Globs::default()).unwrap_err();
    assert!(error.to_string().contains("more than 60000 patterns and wildcards in total"), "{error}");
}

#[cfg(unix)]
#[test]
fn what_is_no_regular_file_is_named_and_never_opened() {
    use std::os::unix::fs::symlink;
    let (_folder, path) = tree(&["docs/fr/a.md", "outside"]);
    fs::write(path.join("outside"), "secret{[\na.md\n").unwrap();
    let make_pipe =
        |name: &str| assert!(std::process::Command::new("mkfifo").arg(path.join(name)).status().unwrap().success());
    make_pipe("docs/.gitignore");
    make_pipe("docs/b.md");
    symlink(path.join("outside"), path.join("docs/.isoglossignore")).unwrap();
    symlink("/dev/zero", path.join("docs/fr/.gitignore")).unwrap();
    fs::create_dir(path.join("docs/fr/.isoglossignore")).unwrap();
    let walked = walk(&[root(path.join("docs")), root(path.join("docs/b.md"))], &Globs::default()).unwrap();
    assert_eq!(names(&walked), ["fr/a.md"]);
    let reported: Vec<(String, NoticeLevel, &str)> = walked
        .notices
        .iter()
        .map(|notice| {
            let path = notice.path.as_ref().unwrap().strip_prefix(&path).unwrap().to_string();
            (path, notice.level, notice.message.split([',', ':']).next().unwrap())
        })
        .collect();
    assert_eq!(
        reported,
        [
            ("docs/.isoglossignore".to_owned(), NoticeLevel::Warning, "not applied"),
            ("docs/fr/.gitignore".to_owned(), NoticeLevel::Warning, "not applied"),
            ("docs/.gitignore".to_owned(), NoticeLevel::Incomplete, "not applied"),
            ("docs/b.md".to_owned(), NoticeLevel::Incomplete, "skipped"),
            ("docs/fr/.isoglossignore".to_owned(), NoticeLevel::Incomplete, "not applied"),
        ]
    );
    assert!(walked.notices.iter().all(|notice| !notice.message.contains("secret")));
}
