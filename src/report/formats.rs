//! The list of formats.

use super::format::Format;
use super::{checkstyle, github, gitlab, html, json, jsonl, junit, markdown, pretty, rdjson, sarif, short};

/// All formats, in the order in which they are documented; the first is the default, save on GitHub Actions.
pub static FORMATS: &[Format] = &[
    Format { name: "pretty", summary: "For people: both sides, the thing itself underlined", write: pretty::write },
    Format { name: "short", summary: "One line a finding, as editors and grep like it", write: short::write },
    Format { name: "json", summary: "One object with everything", write: json::write },
    Format { name: "jsonl", summary: "One object a line, one line a finding", write: jsonl::write },
    Format { name: "github", summary: "Annotations of GitHub Actions, and the job's summary", write: github::write },
    Format { name: "gitlab", summary: "A code quality report of GitLab", write: gitlab::write },
    Format { name: "sarif", summary: "SARIF 2.1.0, for code scanning", write: sarif::write },
    Format { name: "junit", summary: "JUnit's XML, for test reports", write: junit::write },
    Format { name: "checkstyle", summary: "Checkstyle's XML, which most services can read", write: checkstyle::write },
    Format { name: "rdjson", summary: "Diagnostics for reviewdog", write: rdjson::write },
    Format {
        name: "markdown",
        summary: "A table for a comment on a change, no longer than one may be",
        write: markdown::write,
    },
    Format {
        name: "html",
        summary: "One page for a browser: a matrix, filters, both sides of each finding",
        write: html::write,
    },
];

/// The format with that name.
pub fn find(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}
