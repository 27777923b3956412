//! TEMPORARY
use crate::text::Span;
#[derive(Debug, Clone, Default)]
pub struct FrontMatter {
    pub span: Span,
}
impl FrontMatter {
    pub fn find(text: &str) -> Option<Self> {
        let t = text.strip_prefix("---\n")?;
        let e = t.find("\n---\n")?;
        Some(Self { span: Span::new(0, 4 + e + 5) })
    }
}
