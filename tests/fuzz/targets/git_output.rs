//! What git prints, which a hostile repository has a say in: each parser gets every input.

use isogloss_history::fuzz;

pub fn run(bytes: &[u8]) {
    fuzz::log(bytes);
    fuzz::answers(bytes);
    fuzz::changes(bytes);
    fuzz::index(bytes);
    fuzz::tree(bytes);
}
