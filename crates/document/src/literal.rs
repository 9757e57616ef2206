//! Texts as TOML writes them.

/// A text between quotes: what is read again is the same text.
///
/// ```
/// assert_eq!(longshore_document::literal("a \"b\"\n"), r#""a \"b\"\n""#);
/// ```
pub fn literal(text: &str) -> String {
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push('"');
    for character in text.chars() {
        match character {
            '"' => literal.push_str("\\\""),
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\t' => literal.push_str("\\t"),
            control if control.is_control() => literal.push_str(&format!("\\u{:04X}", u32::from(control))),
            character => literal.push(character),
        }
    }
    literal.push('"');
    literal
}
