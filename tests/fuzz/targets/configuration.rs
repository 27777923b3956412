//! The text of `isogloss.yaml`, and the messages about its errors.

use camino::Utf8Path;
use isogloss::config::Config;
use isogloss::corpus::walk::Root;

pub(super) fn run(text: &str) {
    // No files exist, so that the result does not depend on where the tests run.
    let current = Utf8Path::new("/nonexistent/isogloss-fuzz");
    let elsewhere = Root { locale: None, path: "docs".into() };
    for roots in [Vec::new(), vec![elsewhere]] {
        let read = || Config::from_text(Utf8Path::new("isogloss.yaml"), text.to_owned(), roots.clone(), current);
        match read() {
            Ok(config) => assert_eq!(format!("{config:?}").len(), format!("{:?}", read().ok()).len() - "Some()".len()),
            Err(error) => {
                let message = error.to_string();
                assert!(!message.is_empty() && !error.pretty(false).is_empty() && !error.pretty(true).is_empty());
                assert_eq!(read().err().map(|error| error.to_string()), Some(message));
            }
        }
    }
}
