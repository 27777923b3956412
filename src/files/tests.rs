//! Every kind of thing that can be found under a file's name.

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
