//! Telegram's MarkdownV2. Texts of the errors: tdlib/td MessageEntity.cpp
//! `parse_markdown_v2`.

mod kind;

use serde_json::json;

use self::kind::Kind;
use super::mention::linked;
use super::{Entity, units};

/// Characters that must be escaped outside of code.
const RESERVED: &str = "_*[]()~`>#+-=|{}.!\n";

struct Open {
    kind: Kind,
    offset: usize,
    byte: usize,
    start: usize,
}

struct Parser<'a> {
    source: &'a str,
    at: usize,
    text: String,
    offset: usize,
    open: Vec<Open>,
    entities: Vec<Entity>,
    in_quote: bool,
    line_start: bool,
}

/// Turns MarkdownV2 into text and entities.
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
        in_quote: false,
        line_start: true,
    };
    while let Some(character) = parser.rest().chars().next() {
        parser.step(character)?;
    }
    parser.finish()?;
    parser
        .entities
        .sort_by_key(|entity| (entity.offset, std::cmp::Reverse(entity.length)));
    Ok((parser.text, parser.entities))
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        &self.source[self.at..]
    }

    fn emit(&mut self, character: char) {
        self.text.push(character);
        self.offset += units(character);
        if character != '\r' {
            self.line_start = character == '\n';
        }
    }

    fn step(&mut self, character: char) -> Result<(), String> {
        let rest = self.rest();
        if character == '\\'
            && let Some(escaped) = rest[1..]
                .chars()
                .next()
                .filter(|c| (1..=126).contains(&(*c as u32)))
        {
            self.at += 2;
            self.emit(escaped);
            return Ok(());
        }
        let in_code = self.open.last().is_some_and(|open| open.kind.is_code());
        let is_reserved = if in_code {
            character == '`'
        } else {
            RESERVED.contains(character)
        };
        if !is_reserved {
            self.at += character.len_utf8();
            self.emit(character);
            return Ok(());
        }
        if self.in_quote && character == '\n' && !rest[1..].starts_with('>') {
            return self.end_quote();
        }
        if self.ends_here() {
            self.end_mark()
        } else {
            self.begin_mark(character)
        }
    }

    /// Whether the innermost mark ends at this place.
    fn ends_here(&self) -> bool {
        let Some(open) = self.open.last() else {
            return false;
        };
        let rest = self.rest();
        match open.kind {
            Kind::BlockQuote => false,
            Kind::Italic => rest.starts_with('_') && !rest.starts_with("__"),
            _ => rest.starts_with(open.kind.end()),
        }
    }

    fn begin_mark(&mut self, character: char) -> Result<(), String> {
        let rest = self.rest();
        let byte = self.at;
        let (kind, length) = match character {
            '_' if rest.starts_with("__") => (Kind::Underline, 2),
            '_' => (Kind::Italic, 1),
            '*' => (Kind::Bold, 1),
            '~' => (Kind::Strikethrough, 1),
            '|' if rest.starts_with("||") => (Kind::Spoiler, 2),
            '[' => (Kind::TextUrl, 1),
            '`' if rest.starts_with("```") => {
                self.begin_pre(byte);
                return Ok(());
            }
            '`' => (Kind::Code, 1),
            '!' if rest.starts_with("![") => (Kind::CustomEmoji, 2),
            '\n' => {
                self.at += 1;
                self.emit('\n');
                return Ok(());
            }
            '>' if self.line_start && self.in_quote => {
                self.at += 1;
                return Ok(());
            }
            '>' if self.line_start => {
                self.in_quote = true;
                (Kind::BlockQuote, 1)
            }
            _ => {
                return Err(format!(
                    "Character '{character}' is reserved and must be escaped with the preceding '\\'"
                ));
            }
        };
        self.at += length;
        self.push(kind, byte);
        Ok(())
    }

    fn push(&mut self, kind: Kind, byte: usize) {
        self.open.push(Open {
            kind,
            offset: self.offset,
            byte,
            start: self.text.len(),
        });
    }

    /// A code block: an optional language, and one new line that does not count.
    fn begin_pre(&mut self, byte: usize) {
        self.at += 3;
        let rest = self.rest();
        let end = rest
            .find(|c: char| c.is_whitespace() || c == '`')
            .unwrap_or(rest.len());
        let has_language = end > 0 && !rest[end..].starts_with('`') && end < rest.len();
        let kind = if has_language {
            self.at += end;
            Kind::PreCode(rest[..end].to_owned())
        } else {
            Kind::Pre
        };
        if self.rest().starts_with("\r\n") {
            self.at += 2;
        } else if self.rest().starts_with('\n') {
            self.at += 1;
        }
        self.push(kind, byte);
    }

    fn end_mark(&mut self) -> Result<(), String> {
        let Some(open) = self.open.pop() else {
            return Ok(());
        };
        self.at += open.kind.end().len();
        let mut argument = None;
        let kind = match &open.kind {
            Kind::Bold => "bold",
            Kind::Italic => "italic",
            Kind::Underline => "underline",
            Kind::Strikethrough => "strikethrough",
            Kind::Spoiler => "spoiler",
            Kind::Code => "code",
            Kind::Pre | Kind::BlockQuote => "pre",
            Kind::PreCode(language) => {
                argument = Some(("language", json!(language)));
                "pre"
            }
            Kind::TextUrl => {
                let url = self
                    .link()?
                    .unwrap_or_else(|| self.text[open.start..].to_owned());
                let Some((kind, field)) = linked(&url) else {
                    return Ok(());
                };
                argument = Some(field);
                kind
            }
            Kind::CustomEmoji => {
                let url = self
                    .link()?
                    .ok_or("The entity must contain a tg://emoji or tg://time URL")?;
                let id = url
                    .strip_prefix("tg://emoji?id=")
                    .filter(|id| id.parse::<i64>().is_ok_and(|id| id != 0))
                    .ok_or("Invalid tg://emoji or tg://time URL specified")?;
                argument = Some(("custom_emoji_id", json!(id)));
                "custom_emoji"
            }
        };
        let length = self.offset - open.offset;
        if length > 0 {
            self.entities.push(Entity {
                kind,
                offset: open.offset,
                length,
                argument,
            });
        }
        Ok(())
    }

    /// The address in brackets after a link's text, if there is one.
    fn link(&mut self) -> Result<Option<String>, String> {
        if !self.rest().starts_with('(') {
            return Ok(None);
        }
        self.at += 1;
        let begin = self.at;
        let mut url = String::new();
        let mut letters = self.rest().char_indices();
        while let Some((at, letter)) = letters.next() {
            match letter {
                ')' => {
                    self.at += at + 1;
                    return Ok(Some(url));
                }
                '\\' => url.extend(letters.next().map(|(_, escaped)| escaped)),
                other => url.push(other),
            }
        }
        Err(format!("Can't find end of a URL at byte offset {begin}"))
    }

    /// A quote ends with its line; what is open inside it has no end.
    fn end_quote(&mut self) -> Result<(), String> {
        self.close_quote()?;
        self.at += 1;
        self.emit('\n');
        Ok(())
    }

    fn close_quote(&mut self) -> Result<(), String> {
        self.in_quote = false;
        let mut kind = "blockquote";
        let ends_with_mark = |open: &Open, at| open.kind == Kind::Spoiler && open.byte + 2 == at;
        if self
            .open
            .last()
            .is_some_and(|open| ends_with_mark(open, self.at))
        {
            self.open.pop();
            kind = "expandable_blockquote";
        }
        match self.open.pop() {
            Some(open) if open.kind == Kind::BlockQuote => {
                let length = self.offset - open.offset;
                if length > 0 {
                    self.entities.push(Entity::plain(kind, open.offset, length));
                }
                Ok(())
            }
            Some(open) => Err(no_end(&open)),
            None => Ok(()),
        }
    }

    fn finish(&mut self) -> Result<(), String> {
        if self.in_quote {
            self.close_quote()?;
        }
        self.open.last().map_or(Ok(()), |open| Err(no_end(open)))
    }
}

fn no_end(open: &Open) -> String {
    format!(
        "Can't find end of {} entity at byte offset {}",
        open.kind.name(),
        open.byte
    )
}

#[cfg(test)]
mod tests;
