//! The rules: one file a rule, one list.

use crate::finding::Severity;

/// What is known of a rule without running it.
#[derive(Debug)]
pub struct Rule {
    /// Its id, in kebab case: stable for ever.
    pub id: &'static str,
    /// Severity unless configured; `None` is off.
    pub default: Option<Severity>,
    /// What it reports, in one line without a full stop.
    pub summary: &'static str,
    /// `docs/rules/<id>.md`, the text behind `explain` and every format's help.
    pub documentation: &'static str,
}

/// All rules, in the order in which they are documented.
pub static RULES: &[Rule] = &[
    Rule {
        id: "missing-section",
        default: Some(Severity::Error),
        summary: "A heading with its text stands in the reference but not here",
        documentation: include_str!("../../docs/rules/missing-section.md"),
    },
    Rule {
        id: "extra-section",
        default: Some(Severity::Warning),
        summary: "A heading with its text stands here but not in the reference",
        documentation: include_str!("../../docs/rules/extra-section.md"),
    },
    Rule {
        id: "missing-paragraph",
        default: Some(Severity::Error),
        summary: "A paragraph, list item, callout or quote of the reference is missing",
        documentation: include_str!("../../docs/rules/missing-paragraph.md"),
    },
    Rule {
        id: "extra-paragraph",
        default: Some(Severity::Warning),
        summary: "A paragraph, list item, callout or quote has no counterpart in the reference",
        documentation: include_str!("../../docs/rules/extra-paragraph.md"),
    },
    Rule {
        id: "missing-block",
        default: Some(Severity::Error),
        summary: "Code, an image, a table, HTML, a video or an include of the reference is missing",
        documentation: include_str!("../../docs/rules/missing-block.md"),
    },
    Rule {
        id: "extra-block",
        default: Some(Severity::Warning),
        summary: "Code, an image, a table, HTML, a video or an include has no counterpart in the reference",
        documentation: include_str!("../../docs/rules/extra-block.md"),
    },
    Rule {
        id: "table-shape",
        default: Some(Severity::Error),
        summary: "A table row or column that one side lacks",
        documentation: include_str!("../../docs/rules/table-shape.md"),
    },
    Rule {
        id: "heading-level",
        default: Some(Severity::Warning),
        summary: "The same heading at another depth",
        documentation: include_str!("../../docs/rules/heading-level.md"),
    },
    Rule {
        id: "section-order",
        default: Some(Severity::Warning),
        summary: "The same sections in another order",
        documentation: include_str!("../../docs/rules/section-order.md"),
    },
    Rule {
        id: "block-order",
        default: Some(Severity::Warning),
        summary: "The same blocks in another order",
        documentation: include_str!("../../docs/rules/block-order.md"),
    },
    Rule {
        id: "stale-source",
        default: Some(Severity::Warning),
        summary: "The source changed, in ways that matter to a reader, since the commit that the translation records",
        documentation: include_str!("../../docs/rules/stale-source.md"),
    },
    Rule {
        id: "stale-paragraph",
        default: Some(Severity::Warning),
        summary: "The source of this paragraph was reworded since the recorded commit",
        documentation: include_str!("../../docs/rules/stale-paragraph.md"),
    },
    Rule {
        id: "source-commit-skew",
        default: Some(Severity::Warning),
        summary: "The translations of one page were made from different source versions",
        documentation: include_str!("../../docs/rules/source-commit-skew.md"),
    },
    Rule {
        id: "unknown-source-commit",
        default: Some(Severity::Error),
        summary: "The recorded source commit is not in the history",
        documentation: include_str!("../../docs/rules/unknown-source-commit.md"),
    },
    Rule {
        id: "missing-source-commit",
        default: None,
        summary: "The translation records no source commit",
        documentation: include_str!("../../docs/rules/missing-source-commit.md"),
    },
    Rule {
        id: "sla-mismatch",
        default: Some(Severity::Error),
        summary: "A duration, time, opening hours, availability or percentage differs",
        documentation: include_str!("../../docs/rules/sla-mismatch.md"),
    },
    Rule {
        id: "number-mismatch",
        default: Some(Severity::Warning),
        summary: "A count, size, amount of money, version or ordinal differs",
        documentation: include_str!("../../docs/rules/number-mismatch.md"),
    },
    Rule {
        id: "date-mismatch",
        default: Some(Severity::Error),
        summary: "A date differs",
        documentation: include_str!("../../docs/rules/date-mismatch.md"),
    },
    Rule {
        id: "missing-translation",
        default: Some(Severity::Info),
        summary: "A page that a locale lacks",
        documentation: include_str!("../../docs/rules/missing-translation.md"),
    },
    Rule {
        id: "orphan-translation",
        default: Some(Severity::Warning),
        summary: "A translation whose source is gone",
        documentation: include_str!("../../docs/rules/orphan-translation.md"),
    },
    Rule {
        id: "duplicate-id",
        default: Some(Severity::Error),
        summary: "One id on two pages of a locale",
        documentation: include_str!("../../docs/rules/duplicate-id.md"),
    },
    Rule {
        id: "id-mismatch",
        default: Some(Severity::Error),
        summary: "One path with two ids",
        documentation: include_str!("../../docs/rules/id-mismatch.md"),
    },
    Rule {
        id: "front-matter-syntax",
        default: Some(Severity::Error),
        summary: "Front matter that does not parse",
        documentation: include_str!("../../docs/rules/front-matter-syntax.md"),
    },
];

/// The rule with that id.
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id)
}
