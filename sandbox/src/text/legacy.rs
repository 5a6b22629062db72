//! Telegram's first Markdown, which many bots still send. Text of the error:
//! tdlib/td MessageEntity.cpp `parse_markdown`.

use serde_json::json;

use super::mention::linked;
use super::{Entity, units};

/// Turns it into text and entities. Marks do not nest.
///
/// # Errors
/// Telegram's complaint about a mark without an end, with its byte offset.
pub fn parse(source: &str) -> Result<(String, Vec<Entity>), String> {
    let mut text = String::new();
    let mut entities = Vec::new();
    let mut at = 0;
    while let Some(character) = source[at..].chars().next() {
        let rest = &source[at..];
        if character == '\\' && rest[1..].starts_with(['_', '*', '`', '[']) {
            text.extend(rest[1..].chars().next());
            at += 2;
            continue;
        }
        let (open, close) = match character {
            '_' => ("_", "_"),
            '*' => ("*", "*"),
            '`' if rest.starts_with("```") => ("```", "```"),
            '`' => ("`", "`"),
            '[' => ("[", "]"),
            other => {
                text.push(other);
                at += other.len_utf8();
                continue;
            }
        };
        let inner_at = at + open.len();
        let Some(length) = source[inner_at..].find(close) else {
            return Err(format!(
                "Can't find end of the entity starting at byte offset {at}"
            ));
        };
        let inner = &source[inner_at..inner_at + length];
        let offset = text.chars().map(units).sum();
        at = inner_at + length + close.len();
        let mut shown = inner;
        let mut argument = None;
        let kind = match open {
            "_" => "italic",
            "*" => "bold",
            "`" => "code",
            "```" => {
                let (language, code) = inner.split_once('\n').unwrap_or(("", inner));
                let is_language = !language.is_empty() && !language.contains(' ');
                shown = if is_language || language.is_empty() {
                    code
                } else {
                    inner
                };
                argument = is_language.then(|| ("language", json!(language)));
                "pre"
            }
            _ => {
                let url = link(source, &mut at).unwrap_or_else(|| inner.to_owned());
                let found = linked(&url);
                argument = found.as_ref().map(|(_, field)| field.clone());
                found.map_or("", |(kind, _)| kind)
            }
        };
        text.push_str(shown);
        let length = shown.chars().map(units).sum();
        // A link that is none leaves its text.
        if length > 0 && !kind.is_empty() {
            entities.push(Entity {
                kind,
                offset,
                length,
                argument,
            });
        }
    }
    Ok((text, entities))
}

/// The address in brackets at `at`, which moves behind it.
fn link(source: &str, at: &mut usize) -> Option<String> {
    let body = source[*at..].strip_prefix('(')?;
    let end = body.find(')')?;
    *at += end + 2;
    Some(body[..end].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_entities_and_must_end() {
        let (text, entities) = parse("*a* \\_ [b](https://a.b) `c`").unwrap();
        assert_eq!(text, "a _ b c");
        let brief: Vec<_> = entities
            .iter()
            .map(|e| (e.kind, e.offset, e.length))
            .collect();
        assert_eq!(brief, [("bold", 0, 1), ("text_link", 4, 1), ("code", 6, 1)]);
        assert_eq!(
            parse("a *b").unwrap_err(),
            "Can't find end of the entity starting at byte offset 2"
        );
    }
}
