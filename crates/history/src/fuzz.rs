//! Parsers of git's output, for fuzzing: none may panic, whatever the input.

use crate::batch::{Request, read_answer, text_of};
use crate::changes::TouchedFiles;
use crate::index::Index;
use crate::log::Log;
use crate::tree;

/// Parses bytes as the output of `git log`, and runs all queries on it.
pub fn log(bytes: &[u8]) {
    let text = text_of(bytes.to_vec());
    let log = Log::parse(&text, &|_| true);
    let landings = log.landings();
    let paths: Vec<&str> = log.paths().collect();
    for path in paths {
        log.last_change(path, &landings);
    }
    log.deletions();
    log.on_main_line(0);
    if let Some((id, _, parent)) = log.first() {
        let since = log.since([id, parent, "0"]);
        let _ = since.after(id).is_some_and(|is_after| is_after(0));
        log.commit(0).date();
    }
}

/// Parses bytes as answers of `git cat-file --batch-command`.
pub fn answers(bytes: &[u8]) {
    for request in [Request::Info("HEAD".to_owned()), Request::Contents("HEAD".to_owned())] {
        let mut rest = bytes;
        while read_answer(&mut rest, &request).is_some() {}
    }
}

/// Parses bytes as the output of `git diff-index --raw -z`.
pub fn changes(bytes: &[u8]) {
    TouchedFiles::default().read(bytes);
}

/// Parses bytes as the output of `git ls-files`.
pub fn index(bytes: &[u8]) {
    Index::read(bytes);
}

/// Parses bytes as a tree object.
pub fn tree(bytes: &[u8]) {
    tree::read_all(bytes);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    fn all(bytes: &[u8]) {
        super::log(bytes);
        super::answers(bytes);
        super::changes(bytes);
        super::index(bytes);
        super::tree(bytes);
    }

    proptest! {
        #[test]
        fn no_bytes_make_the_parsers_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            all(&bytes);
        }

        #[test]
        fn nothing_like_what_git_prints_makes_them_panic(
            words in proptest::collection::vec(
                prop::sample::select(vec![
                    "\u{1}", "a", "b", " ", "\0", "\n", ":", "100644 ", "160000 ", "40000 ", "A\0", "D\0", "M\0", "\t", "x.md",
                    "  ctime: ", "  mtime: 1:2\n", "  size: 9\n", "blob 3\n", " missing\n", " ambiguous\n", "99999999999999999999",
                ]),
                0..60,
            )
        ) {
            all(words.concat().as_bytes());
        }
    }
}
