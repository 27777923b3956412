//! Well-known file names that are something unexpected: links, pipes, folders, very large or odd files.
#![cfg(unix)]

use std::os::unix::fs::symlink;
use std::process::Command;

use crate::support::Tree;

const SECRET: &str = "source: hunter2 x\nhunter2{[x\n{\"hunter2\": [\n";

/// Two inconsistent pages in a repository, with a file outside it that contains a secret.
fn tree() -> Tree {
    let tree =
        Tree::new(&[("site/en/a.md", "# Sync\n\nHello 24 hours\n"), ("site/fr/a.md", "# Sync\n\nBonjour 25 heures\n")]);
    tree.git("site", &["init", "--quiet"]);
    tree.write("secret", SECRET);
    tree
}

/// Runs the program in the repository, and returns its exit code and output.
fn run(tree: &Tree, arguments: &[&str]) -> (i32, String) {
    let folder = tree.path().join("site");
    let output = Command::new(env!("CARGO_BIN_EXE_isogloss")).args(arguments).current_dir(folder).output().unwrap();
    let printed = [output.stdout, output.stderr].concat();
    (output.status.code().expect("it does not crash"), String::from_utf8_lossy(&printed).into_owned())
}

/// Replaces a file by something of this kind.
fn make(tree: &Tree, name: &str, kind: &str) {
    let path = tree.path().join("site").join(name);
    match kind {
        "link out" => symlink(tree.path().join("secret"), path).unwrap(),
        "link to a device" => symlink("/dev/zero", path).unwrap(),
        "link into .git" => symlink(".git/config", path).unwrap(),
        "link to nothing" => symlink("nowhere", path).unwrap(),
        "link to itself" => symlink(path.file_name().unwrap(), &path).unwrap(),
        "pipe" => assert!(Command::new("mkfifo").arg(path).status().unwrap().success()),
        "folder" => std::fs::create_dir(path).unwrap(),
        "100 MB" => std::fs::File::create(path).unwrap().set_len(100_000_000).unwrap(),
        "NUL" => std::fs::write(path, b"\0\0\0").unwrap(),
        "Latin-1" => std::fs::write(path, b"caf\xe9\n").unwrap(),
        "UTF-16" => std::fs::write(path, b"\xff\xfea\0:\0 \0b\0").unwrap(),
        other => panic!("{other}"),
    }
}

#[test]
fn no_file_with_a_known_name_hangs_the_run_or_shows_what_is_elsewhere() {
    let names =
        [".gitignore", "fr/.gitignore", ".isoglossignore", "isogloss.yaml", "isogloss-baseline.json", "fr/b.md"];
    let kinds = [
        "link out",
        "link to a device",
        "link into .git",
        "link to nothing",
        "link to itself",
        "pipe",
        "folder",
        "100 MB",
        "NUL",
        "Latin-1",
        "UTF-16",
    ];
    for name in names {
        for kind in kinds {
            let tree = tree();
            make(&tree, name, kind);
            for command in [&["check", "--no-history"][..], &["status", "--no-history"], &["config"]] {
                let (code, output) = run(&tree, command);
                assert!((0..=3).contains(&code), "{name}, {kind}, {command:?}: {code} {output}");
                assert!(
                    !output.contains("hunter2") && !output.contains("repositoryformatversion"),
                    "{name}, {kind}: {output}"
                );
                let is_green = code == 0 && command[0] == "check";
                assert!(!is_green, "{name}, {kind}: the error of the sound page is not reported: {output}");
            }
            let (_, output) = run(&tree, &["check", "--no-history"]);
            // A folder is not a configuration file, and git ignores odd text or a folder in place of its patterns.
            let is_ordinary =
                matches!((name, kind), ("isogloss.yaml" | "fr/b.md", "folder") | (_, "NUL") | ("fr/b.md", "UTF-16"));
            assert!(is_ordinary || output.contains(name), "{name}, {kind}: nothing is output: {output}");
        }
    }
}

#[test]
fn what_extends_names_is_in_the_repository() {
    for kind in ["link out", "link to a device", "link into .git", "link to itself", "pipe", "folder", "100 MB"] {
        let tree = tree();
        tree.write("site/isogloss.yaml", "extends: more.yaml\n");
        make(&tree, "more.yaml", kind);
        let (code, output) = run(&tree, &["check", "--no-history"]);
        assert_eq!(code, 2, "{kind}: {output}");
        assert!(output.contains("cannot read `more.yaml`") && !output.contains("hunter2"), "{kind}: {output}");
    }
    let tree = tree();
    symlink(tree.path(), tree.path().join("site/d")).unwrap();
    tree.write("site/isogloss.yaml", "extends: d/secret\n");
    let (code, output) = run(&tree, &["config"]);
    assert_eq!(code, 2);
    assert!(output.contains("`d/secret` is outside this repository") && !output.contains("hunter2"), "{output}");
}

#[test]
fn a_baseline_outside_of_the_repository_has_to_be_named_on_the_command_line() {
    let tree = tree();
    let check = |arguments: &[&str]| run(&tree, &[&["check", "--no-history"], arguments].concat());
    tree.write("site/isogloss.yaml", "baseline: ../known.json\n");
    let (code, output) = check(&["--write-baseline"]);
    assert_eq!(code, 2);
    assert!(output.contains("../known.json`: it is outside of the repository"), "{output}");
    assert!(!tree.path().join("known.json").exists());
    assert_eq!(check(&["--write-baseline=../known.json"]).0, 0);
    assert_eq!(check(&["--baseline=../known.json"]).0, 0);
    let (code, output) = check(&[]);
    assert_eq!(code, 2);
    assert!(output.contains("pass it with `--baseline` if this is intended"), "{output}");
}

#[test]
fn reports_are_not_written_through_links_out_of_the_repository_nor_into_one_file() {
    let tree = tree();
    let site = tree.path().join("site");
    symlink("../secret", site.join("report")).unwrap();
    symlink("real.json", site.join("link.json")).unwrap();
    symlink(".", site.join("here")).unwrap();
    let check = |arguments: &[&str]| run(&tree, &[&["check", "--no-history"], arguments].concat());
    for file in ["report", "../site/report", ".git/report", "here/.git/report"] {
        let (code, output) = check(&["--format", &format!("json={file}")]);
        assert_eq!(code, 2, "{file}");
        assert!(output.starts_with(&format!("error: cannot write `{file}`: ")), "{output}");
    }
    assert_eq!(tree.read("secret"), SECRET);
    for (a, b) in [("a", "./a"), ("a", "here/a"), ("link.json", "real.json"), ("a", "A"), ("a", "../site/a")] {
        let (code, output) = check(&["--format", &format!("json={a}"), "--format", &format!("sarif={b}")]);
        assert_eq!(code, 2, "{a} {b}");
        assert!(output.contains("two formats cannot both be written to"), "{output}");
    }
    let (code, output) = check(&["--write-baseline=b.json", "--format", "json=here/b.json"]);
    assert_eq!(code, 2);
    assert!(output.contains("a report and the baseline cannot both be written to `here/b.json`"), "{output}");
    for file in ["link.json", "../outside.json", "/dev/stdout"] {
        assert_eq!(check(&["--format", &format!("json={file}")]).0, 1, "{file}");
    }
    assert!(tree.read("site/real.json").contains("sla-mismatch") && tree.read("outside.json").contains("sla-mismatch"));
}

#[test]
fn a_configuration_may_come_from_a_pipe_that_is_named() {
    let tree = tree();
    let command = format!("{} check --no-history --config <(echo 'fail-on: never')", env!("CARGO_BIN_EXE_isogloss"));
    match Command::new("bash").args(["-c", &command]).current_dir(tree.path().join("site")).output() {
        Ok(output) => assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr)),
        Err(_) => println!("skipped: there is no bash"),
    }
}
