//! Every kind of thing that can be found under a file's name.

use std::fs::{self, File};
use std::path::Path;
use std::{fmt, io};

use super::*;

#[cfg(unix)]
fn make_pipe(path: &Path) {
    assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
}

fn refusal<T: fmt::Debug>(result: io::Result<T>) -> Refusal {
    Refusal::of(&result.unwrap_err()).unwrap()
}

#[test]
fn a_file_is_read_up_to_its_limit() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a");
    fs::write(&file, "12345").unwrap();
    assert_eq!(read(&file, 5).unwrap(), b"12345");
    for read in [read(&file, 4), read_following(&file, 4), read_named(&file, 4)] {
        assert_eq!(refusal(read), Refusal::TooLarge(4));
    }
    assert_eq!(Refusal::TooLarge(LARGEST_CONFIGURATION).to_string(), "it is larger than 1 MiB");
    assert_eq!(read(&folder.path().join("b"), 5).unwrap_err().kind(), io::ErrorKind::NotFound);
    assert_eq!(refusal(read(folder.path(), 5)), Refusal::NotRegular("a folder"));
    assert_eq!(refusal(read_named(folder.path(), 5)), Refusal::NotRegular("a folder"));
    assert_eq!(into_text(vec![0xff]).unwrap_err().to_string(), "it is not valid UTF-8");
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_claims_to_be_empty_is_read_up_to_the_limit_too() {
    assert_eq!(refusal(read(Path::new("/proc/self/maps"), 16)), Refusal::TooLarge(16));
}

#[cfg(unix)]
#[test]
fn neither_links_nor_pipes_nor_sockets_nor_devices_are_read() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("file"), "text").unwrap();
    symlink(at("file"), at("link")).unwrap();
    symlink(at("gone"), at("dangling")).unwrap();
    symlink(at("loop"), at("loop")).unwrap();
    symlink("/dev/zero", at("zero")).unwrap();
    make_pipe(&at("pipe"));
    symlink(at("pipe"), at("to-pipe")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(at("socket")).unwrap();

    for name in ["link", "dangling", "loop", "zero", "to-pipe"] {
        assert_eq!(refusal(open(&at(name))), Refusal::Link, "{name}");
        assert_eq!(refusal(read(&at(name), 100)), Refusal::Link, "{name}");
    }
    for (name, kind) in [("pipe", "a named pipe"), ("socket", "a socket")] {
        assert_eq!(refusal(open(&at(name))), Refusal::NotRegular(kind), "{name}");
        assert_eq!(refusal(open_following(&at(name))), Refusal::NotRegular(kind), "{name}");
    }
    assert_eq!(refusal(read(Path::new("/dev/zero"), 100)), Refusal::NotRegular("a device"));
    assert_eq!(refusal(open_following(&at("zero"))), Refusal::NotRegular("a device"));
    assert_eq!(refusal(read_following(&at("to-pipe"), 100)), Refusal::NotRegular("a named pipe"));
    assert_eq!(read_following(&at("link"), 100).unwrap(), b"text");
    assert_eq!(refusal(read_named(&at("zero"), 100)), Refusal::TooLarge(100));
}

#[cfg(unix)]
#[test]
fn a_tree_is_the_nearest_repository_and_nothing_in_it_leads_out() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    let base = fs::canonicalize(folder.path()).unwrap();
    fs::create_dir_all(base.join("tree/docs/fr")).unwrap();
    fs::create_dir_all(base.join("tree/.git")).unwrap();
    fs::write(base.join("outside"), "secret").unwrap();
    fs::write(base.join("tree/.git/config"), "secret").unwrap();
    fs::write(base.join("tree/inside"), "text").unwrap();
    symlink(&base, base.join("tree/up")).unwrap();
    symlink(".git", base.join("tree/git")).unwrap();
    symlink("..", base.join("tree/docs/fr/more")).unwrap();

    let tree = Tree::around(&base.join("tree/docs")).unwrap();
    assert_eq!(tree.top(), base.join("tree"));
    let read = |path: &str| tree.read(&base.join("tree").join(path), 100);
    for path in ["inside", "docs/../inside", "docs/fr/more/../inside", "up/tree/inside"] {
        assert_eq!(read(path).unwrap(), b"text", "{path}");
    }
    for path in ["../outside", "up/outside", "docs/../../outside", "docs/fr/more/../../outside"] {
        assert_eq!(refusal(read(path)), Refusal::Outside("repository"), "{path}");
    }
    for path in [".git/config", "git/config", "docs/../.git/config"] {
        assert_eq!(refusal(read(path)), Refusal::InGit, "{path}");
    }
    assert_eq!(refusal(read("up")), Refusal::Link);
    assert_eq!(read("gone/inside").unwrap_err().kind(), io::ErrorKind::NotFound);

    fs::remove_dir_all(base.join("tree/.git")).unwrap();
    assert_eq!(Tree::around(&base.join("tree/docs")).unwrap().top(), base.join("tree/docs"));
}

#[cfg(unix)]
#[test]
fn nothing_is_written_out_of_the_tree_unless_it_is_named() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    let base = fs::canonicalize(folder.path()).unwrap();
    for path in ["tree/.git/hooks", "tree/docs", "outside"] {
        fs::create_dir_all(base.join(path)).unwrap();
    }
    fs::write(base.join("outside/victim"), "precious").unwrap();
    fs::write(base.join("tree/real"), "old").unwrap();
    for (name, target) in [
        ("out", "../outside"),
        ("victim", "../outside/victim"),
        ("new", "../outside/new"),
        ("absolute", "/dev/shm/isogloss-new"),
        ("far", "docs/far"),
        ("docs/far", "../new"),
        ("hook", ".git/hooks/pre-push"),
        ("git", ".git"),
        ("loop", "loop"),
        ("link", "real"),
        ("dangling", "docs/later"),
    ] {
        symlink(target, base.join("tree").join(name)).unwrap();
    }
    let tree = Tree::around(&base.join("tree/docs")).unwrap();
    let at = |path: &str| base.join("tree").join(path);
    let write =
        |path: &str, named| tree.output(&at(path), named).and_then(|output| output.write(|out| out.write_all(b"new")));
    let outside = Refusal::Outside("repository");
    for (path, expected) in [
        ("victim", outside),
        ("new", outside),
        ("absolute", outside),
        ("far", outside),
        ("out/new", outside),
        ("out/victim", outside),
        ("hook", Refusal::InGit),
        (".git/x", Refusal::InGit),
        (".GIT/x", Refusal::InGit),
        ("docs/../.git/hooks/pre-push", Refusal::InGit),
        ("git/x", Refusal::InGit),
        ("loop", Refusal::Link),
    ] {
        fs::create_dir_all(at(".GIT")).unwrap();
        for named in [true, false] {
            assert_eq!(refusal(write(path, named)), expected, "{path} {named}");
        }
    }
    for path in ["../outside/named", "../named", "docs/../../outside/named"] {
        assert_eq!(refusal(write(path, false)), outside, "{path}");
        write(path, true).unwrap();
        assert_eq!(fs::read_to_string(at(path)).unwrap(), "new");
    }
    assert_eq!(refusal(Tree::around(&base.join("outside")).unwrap().output(&at(".git/x"), true)), Refusal::InGit);
    for path in ["link", "dangling", "docs/../plain", "plain"] {
        write(path, false).unwrap();
        assert_eq!(fs::read_to_string(at(path)).unwrap(), "new", "{path}");
    }
    assert!(
        fs::symlink_metadata(at("link")).unwrap().is_symlink() && fs::symlink_metadata(at("real")).unwrap().is_file()
    );
    assert_eq!(fs::read_to_string(base.join("outside/victim")).unwrap(), "precious");
    assert_eq!(fs::read_dir(at(".git/hooks")).unwrap().count(), 0);
    assert_eq!(write("gone/x", true).unwrap_err().kind(), io::ErrorKind::NotFound);
    make_pipe(&at("pipe"));
    assert!(write("pipe", true).is_err(), "no process reads it");
}

#[cfg(unix)]
#[test]
fn a_file_is_recognised_by_any_of_its_names() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    let base = fs::canonicalize(folder.path()).unwrap();
    fs::create_dir(base.join("docs")).unwrap();
    fs::write(base.join("a"), "").unwrap();
    fs::hard_link(base.join("a"), base.join("hard")).unwrap();
    symlink("a", base.join("soft")).unwrap();
    symlink(".", base.join("here")).unwrap();
    let tree = Tree::around(&base).unwrap();
    let output = |path: &str| tree.output(&base.join(path), true).unwrap();
    for (a, b, same) in [
        ("a", "./a", true),
        ("a", "docs/../a", true),
        ("a", "hard", true),
        ("soft", "hard", true),
        ("here/a", "a", true),
        ("here/new", "new", true),
        ("new", "NEW", true),
        ("a", "b", false),
        ("docs/a", "a", false),
    ] {
        assert_eq!(output(a).is_same(&output(b)), same, "{a} {b}");
    }
    assert!(tree.output(Path::new("/dev/stdout"), true).unwrap().is_stdout());
}

#[cfg(target_os = "linux")]
#[test]
fn only_files_of_killed_runs_are_removed() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    // No process has this id: the largest is 4194304.
    let dead = i32::MAX;
    let left = format!(".isogloss-{dead}-a1B2c3.tmp");
    let kept = [
        format!(".isogloss-{}-a1B2c3.tmp", std::process::id()),
        format!(".isogloss-{dead}-a1B2c3"),
        format!(".isogloss-{dead}-a1B2c3d.tmp"),
        format!(".isogloss-{dead}-a1B2/3.tmp").replace('/', "."),
        format!("isogloss-{dead}-a1B2c3.tmp"),
        format!(".isogloss-{dead}-Locked.tmp"),
        ".isogloss-a1B2c3".to_owned(),
        ".isogloss--a1B2c3.tmp".to_owned(),
        ".isogloss-0-a1B2c3.tmp".to_owned(),
    ];
    kept.iter().chain([&left]).for_each(|name| fs::write(at(name), "").unwrap());
    symlink(at(&kept[0]), at(&format!(".isogloss-{dead}-ALinkX.tmp"))).unwrap();
    fs::create_dir(at(&format!(".isogloss-{dead}-Folder.tmp"))).unwrap();
    make_pipe(&at(&format!(".isogloss-{dead}-APipeX.tmp")));
    let locked = File::open(at(&kept[5])).unwrap();
    rustix::fs::flock(&locked, rustix::fs::FlockOperation::NonBlockingLockExclusive).unwrap();

    let before = fs::read_dir(folder.path()).unwrap().count();
    let tree = Tree::around(folder.path()).unwrap();
    tree.output(&at("report"), true).unwrap().write(|out| out.write_all(b"new")).unwrap();
    assert!(!at(&left).exists());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), before, "one file less, and the report");
}
