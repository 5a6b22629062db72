//! Telegram's HTML. Texts of the errors: tdlib/td MessageEntity.cpp `parse_html`.

mod reference;

use serde_json::{Value, json};

use super::mention::linked;
use super::{Entity, units};

/// Tags that Telegram knows.
const TAGS: [&str; 17] = [
    "a",
    "b",
    "strong",
    "i",
    "em",
    "s",
    "strike",
    "del",
    "u",
    "ins",
    "tg-spoiler",
    "tg-emoji",
    "tg-time",
    "span",
    "pre",
    "code",
    "blockquote",
];

/// A tag that waits for its end.
struct Open {
    tag: String,
    argument: String,
    offset: usize,
    start: usize,
}

struct Parser<'a> {
    source: &'a str,
    at: usize,
    text: String,
    offset: usize,
    open: Vec<Open>,
    entities: Vec<Entity>,
}

/// Turns HTML into text and entities.
///
/// # Errors
/// Telegram's complaint, with byte offsets.
pub fn parse(source: &str) -> Result<(String, Vec<Entity>), String> {
    let mut parser = Parser {
        source,
        at: 0,
        text: String::new(),
        offset: 0,
        open: Vec::new(),
        entities: Vec::new(),
    };
    while let Some(character) = parser.peek() {
        match character {
            '<' if parser.rest().starts_with("</") => parser.end_tag()?,
            '<' => parser.start_tag()?,
            '&' => {
                let decoded = parser.reference();
                parser.emit(decoded);
            }
            other => {
                parser.at += other.len_utf8();
                parser.emit(other);
            }
        }
    }
    match parser.open.pop() {
        Some(open) => Err(format!(
            "Can't find end tag corresponding to start tag \"{}\"",
            open.tag
        )),
        None => {
            parser
                .entities
                .sort_by_key(|e| (e.offset, std::cmp::Reverse(e.length)));
            Ok((parser.text, parser.entities))
        }
    }
}

impl Parser<'_> {
    fn rest(&self) -> &str {
        &self.source[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn emit(&mut self, character: char) {
        self.text.push(character);
        self.offset += units(character);
    }

    /// Steps over characters while the test holds and returns them.
    fn take(&mut self, test: impl Fn(char) -> bool) -> String {
        let rest = self.rest();
        let end = rest.find(|c| !test(c)).unwrap_or(rest.len());
        let taken = rest[..end].to_owned();
        self.at += end;
        taken
    }

    /// Decodes a character reference; an unknown one stays an ampersand.
    fn reference(&mut self) -> char {
        let rest = &self.source[self.at..];
        let (code, length) = reference::decode(rest);
        self.at += length;
        code
    }

    fn start_tag(&mut self) -> Result<(), String> {
        let begin = self.at;
        self.at += 1;
        let tag = self
            .take(|c| !c.is_ascii_whitespace() && c != '>')
            .to_lowercase();
        if self.peek().is_none() {
            return Err(format!("Unclosed start tag at byte offset {begin}"));
        }
        if !TAGS.contains(&tag.as_str()) {
            return Err(format!(
                "Unsupported start tag \"{tag}\" at byte offset {begin}"
            ));
        }
        let mut argument = String::new();
        loop {
            self.take(|c| c.is_ascii_whitespace());
            match self.peek() {
                Some('>') => break,
                None => {
                    return Err(format!(
                        "Unclosed start tag \"{tag}\" at byte offset {begin}"
                    ));
                }
                Some(_) => {
                    let (name, value) = self.attribute(&tag, begin)?;
                    if let Some(found) = argument_of(&tag, &name, value) {
                        argument = found;
                    }
                }
            }
        }
        self.at += 1;
        if tag == "span" && argument != "spoiler" {
            return Err(format!(
                "Tag \"span\" must have class \"tg-spoiler\" at byte offset {begin}"
            ));
        }
        self.open.push(Open {
            tag,
            argument,
            offset: self.offset,
            start: self.text.len(),
        });
        Ok(())
    }

    fn attribute(&mut self, tag: &str, begin: usize) -> Result<(String, String), String> {
        let is_name =
            |c: char| !c.is_ascii_whitespace() && !matches!(c, '=' | '>' | '/' | '"' | '\'');
        let unclosed = || format!("Unclosed start tag \"{tag}\" at byte offset {begin}");
        let name = self.take(is_name);
        if name.is_empty() {
            return Err(format!(
                "Empty attribute name in the tag \"{tag}\" at byte offset {begin}"
            ));
        }
        self.take(|c| c.is_ascii_whitespace());
        if self.peek() != Some('=') {
            return if self.peek().is_none() {
                Err(unclosed())
            } else {
                Ok((name, String::new()))
            };
        }
        self.at += 1;
        self.take(|c| c.is_ascii_whitespace());
        let Some(quote) = self.peek() else {
            return Err(unclosed());
        };
        if quote != '"' && quote != '\'' {
            let from = self.at;
            let token = self.take(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-');
            return match self.peek() {
                Some(c) if c.is_ascii_whitespace() || c == '>' => Ok((name, token.to_lowercase())),
                _ => Err(format!(
                    "Unexpected end of name token at byte offset {from}"
                )),
            };
        }
        self.at += 1;
        let mut value = String::new();
        loop {
            match self.peek() {
                None => return Err(format!("Unclosed start tag at byte offset {begin}")),
                Some(c) if c == quote => break,
                Some('&') => {
                    let decoded = self.reference();
                    value.push(decoded);
                }
                Some(c) => {
                    self.at += c.len_utf8();
                    value.push(c);
                }
            }
        }
        self.at += 1;
        Ok((name, value))
    }

    fn end_tag(&mut self) -> Result<(), String> {
        let begin = self.at;
        let Some(open) = self.open.pop() else {
            return Err(format!("Unexpected end tag at byte offset {begin}"));
        };
        self.at += 2;
        let tag = self
            .take(|c| !c.is_ascii_whitespace() && c != '>')
            .to_lowercase();
        self.take(|c| c.is_ascii_whitespace());
        if self.peek() != Some('>') {
            return Err(format!("Unclosed end tag at byte offset {begin}"));
        }
        self.at += 1;
        if !tag.is_empty() && tag != open.tag {
            return Err(format!(
                "Unmatched end tag at byte offset {begin}, expected \"</{}>\", found \"</{tag}>\"",
                open.tag
            ));
        }
        self.close(&open)
    }

    /// Turns a closed tag into its entity.
    fn close(&mut self, open: &Open) -> Result<(), String> {
        let (offset, length) = (open.offset, self.offset - open.offset);
        if length == 0 {
            return Ok(());
        }
        let inner = &self.text[open.start..];
        let mut argument = None;
        let kind = match open.tag.as_str() {
            "b" | "strong" => "bold",
            "i" | "em" => "italic",
            "u" | "ins" => "underline",
            "s" | "strike" | "del" => "strikethrough",
            "tg-spoiler" | "span" => "spoiler",
            "blockquote" if open.argument.is_empty() => "blockquote",
            "blockquote" => "expandable_blockquote",
            "tg-emoji" => {
                if open.argument.parse::<i64>().is_ok_and(|id| id != 0) {
                    argument = Some(("custom_emoji_id", json!(open.argument)));
                } else {
                    return Err("Invalid custom emoji identifier specified".into());
                }
                "custom_emoji"
            }
            "a" => {
                let url = if open.argument.is_empty() {
                    inner
                } else {
                    &open.argument
                };
                let Some((kind, field)) = linked(url) else {
                    return Ok(());
                };
                argument = Some(field);
                kind
            }
            "pre" | "code" => return self.close_code(open, offset, length),
            // A date keeps its text; its entity is newer than most bots.
            _ => return Ok(()),
        };
        self.entities.push(Entity {
            kind,
            offset,
            length,
            argument,
        });
        Ok(())
    }

    /// `pre` around `code class="language-x"` becomes one `pre` with a language.
    fn close_code(&mut self, open: &Open, offset: usize, length: usize) -> Result<(), String> {
        let same = |entity: &Entity| entity.offset == offset && entity.length == length;
        if open.tag == "pre"
            && let Some(last) = self.entities.last_mut().filter(|entity| same(entity))
            && last.kind == "code"
            && last.argument.is_some()
        {
            last.kind = "pre";
            return Ok(());
        }
        let kind = if open.tag == "pre" { "pre" } else { "code" };
        let is_inner = self.open.last().is_some_and(|outer| outer.tag == "pre");
        let language = (is_inner && !open.argument.is_empty())
            .then(|| ("language", Value::String(open.argument.clone())));
        self.entities.push(Entity {
            kind,
            offset,
            length,
            argument: language,
        });
        Ok(())
    }
}

/// The part of an attribute that matters for its tag.
fn argument_of(tag: &str, name: &str, value: String) -> Option<String> {
    match (tag, name) {
        ("a", "href") | ("tg-emoji", "emoji-id") => Some(value),
        ("code", "class") => value.strip_prefix("language-").map(str::to_owned),
        ("span", "class") => value.strip_prefix("tg-").map(str::to_owned),
        ("blockquote", "expandable") => Some("1".into()),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
