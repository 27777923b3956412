//! The dialects of Markdown and their features.

use std::path::Path;

/// Extensions of the files that are read as documents, in lower case and without a dot.
pub const MARKDOWN_EXTENSIONS: [&str; 3] = ["md", "mdx", "markdown"];

/// The dialect that a document is written in.
///
/// Constructs that no dialect uses for something else (callouts, admonitions, shortcodes, attribute lists) are recognised in all
/// of them. A dialect is a variant only if it gives the same text another meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Syntax {
    /// `CommonMark` with the extensions of GitHub, Python-Markdown, Hugo, Learn and others.
    #[default]
    Markdown,
    /// MDX 2 and later: Markdown with JSX.
    Mdx,
}

impl Syntax {
    /// The syntax of a file, by its extension in any case; [`Syntax::Markdown`] if the extension is unknown.
    pub fn of_path(path: impl AsRef<Path>) -> Self {
        if extension(path.as_ref()).is_some_and(|extension| extension.eq_ignore_ascii_case("mdx")) {
            Self::Mdx
        } else {
            Self::Markdown
        }
    }

    /// Whether tags may be JSX: components, and attributes in braces.
    pub fn has_jsx(self) -> bool {
        self == Self::Mdx
    }

    /// Whether a line may begin a JavaScript `import` or `export`.
    pub fn has_modules(self) -> bool {
        self == Self::Mdx
    }

    /// Whether text indented by four columns is code.
    pub fn has_indented_code(self) -> bool {
        self != Self::Mdx
    }
}

/// Whether a file name ends in one of [`MARKDOWN_EXTENSIONS`], in any case.
pub fn is_markdown(path: impl AsRef<Path>) -> bool {
    extension(path.as_ref())
        .is_some_and(|extension| MARKDOWN_EXTENSIONS.iter().any(|markdown| extension.eq_ignore_ascii_case(markdown)))
}

fn extension(path: &Path) -> Option<&str> {
    path.extension().and_then(|extension| extension.to_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_extension_decides_in_any_case() {
        for (path, syntax, markdown) in [
            ("guides/sync.md", Syntax::Markdown, true),
            ("guides/sync.MDX", Syntax::Mdx, true),
            ("a.mdx.markdown", Syntax::Markdown, true),
            ("md", Syntax::Markdown, false),
            ("notes.txt", Syntax::Markdown, false),
        ] {
            assert_eq!((Syntax::of_path(path), is_markdown(path)), (syntax, markdown), "{path}");
        }
    }
}
