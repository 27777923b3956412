//! The output of git, which a malicious repository can influence. Every parser gets every input.

use isogloss_history::fuzz;

pub(super) fn run(bytes: &[u8]) {
    fuzz::log(bytes);
    fuzz::answers(bytes);
    fuzz::changes(bytes);
    fuzz::index(bytes);
    fuzz::tree(bytes);
}
