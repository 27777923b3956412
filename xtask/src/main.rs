//! Development tasks for isogloss: `cargo xtask new-rule untranslated-text`.

mod new_rule;

use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "\
Usage: cargo xtask new-rule ID

Adds a rule: its file in `src/rules`, its page in `docs/rules`, a bad and a good case in `fixtures/cases`, and its entry in the
list. ID is in kebab case, as in `missing-paragraph`.";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["new-rule", id] => new_rule::add(root(), id),
        ["-h" | "--help"] => Ok(USAGE.to_owned()),
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(message) => {
            println!("{message}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

/// The root of the workspace.
fn root() -> &'static Path {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own)
}
