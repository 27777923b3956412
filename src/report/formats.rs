//! The list of formats.

use super::format::Format;
use super::{checkstyle, github, gitlab, html, json, jsonl, junit, markdown, pretty, rdjson, sarif, short};

/// All formats in the order of the documentation; the first is the default, except on GitHub Actions.
pub static FORMATS: &[Format] = &[
    Format {
        name: "pretty",
        summary: "Human-readable: both sides, with the text in question underlined",
        write: pretty::write,
    },
    Format { name: "short", summary: "One line per finding, for editors and grep", write: short::write },
    Format { name: "json", summary: "The whole report as one JSON object", write: json::write },
    Format { name: "jsonl", summary: "One JSON object per line and finding", write: jsonl::write },
    Format { name: "github", summary: "GitHub Actions annotations, and a job summary", write: github::write },
    Format { name: "gitlab", summary: "GitLab code quality report", write: gitlab::write },
    Format { name: "sarif", summary: "SARIF 2.1.0, for code scanning", write: sarif::write },
    Format { name: "junit", summary: "JUnit XML, for test reports", write: junit::write },
    Format { name: "checkstyle", summary: "Checkstyle XML, which most services can read", write: checkstyle::write },
    Format { name: "rdjson", summary: "Diagnostics for reviewdog", write: rdjson::write },
    Format {
        name: "markdown",
        summary: "Markdown table for a pull request comment, within its length limit",
        write: markdown::write,
    },
    Format {
        name: "html",
        summary: "HTML page with a matrix, filters and both sides of each finding",
        write: html::write,
    },
];

/// The format with that name.
pub fn find(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}
