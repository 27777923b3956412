//! Prints how often the quantities of a corpus have a counterpart, by locale and form: the priors of
//! `isogloss_quantities::Reliability` were measured with it, and forms that rarely have one show what is misread.
//!
//! usage: cargo run --release --example reliability -- [LOCALE=]FOLDER…

use isogloss::analysis::compare::parse_in;
use isogloss::analysis::learn::learn;
use isogloss::config::Config;
use isogloss::corpus::walk::Root;
use isogloss::find;
use isogloss_text::Locale;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = |argument: String| match argument.split_once('=') {
        Some((locale, path)) => Root { locale: Locale::parse(locale), path: path.into() },
        None => Root { locale: None, path: argument.into() },
    };
    let roots = std::env::args().skip(1).map(root).collect();
    let config = Config { roots, source: Some(Locale::parse("en").ok_or("en")?), ..Config::default() };
    let corpus = find(&config)?.corpus;
    let learned = learn(&corpus, &|path| parse_in(&corpus.contents, path).ok());
    println!("locale\tside\tkind\tform\tseen\talone");
    for ((_, locale), reliability) in learned.reliabilities() {
        for (form, count) in reliability.forms() {
            let side = if form.is_translation { "translation" } else { "source" };
            let (kind, written) = (form.kind.as_str(), &form.written);
            println!("{locale}\t{side}\t{kind}\t{written}\t{}\t{}", count.seen, count.alone);
        }
    }
    Ok(())
}
