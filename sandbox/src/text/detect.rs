//! Entities that Telegram finds by itself: commands, mentions, hashtags,
//! addresses. A small, plain form of tdlib/td MessageEntity.cpp `find_entities`.

use super::{Entity, units};

/// Finds them, in order and without overlap.
#[must_use]
pub fn find(text: &str) -> Vec<Entity> {
    let mut entities = Vec::new();
    let mut offset = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let body = word.trim_end_matches(char::is_whitespace);
        let lead = body
            .find(|c: char| !matches!(c, '(' | '"' | '\'' | '«' | '['))
            .unwrap_or(0);
        let core = &body[lead..];
        if let Some((kind, length)) = kind_of(core) {
            let start = offset + body[..lead].chars().map(units).sum::<usize>();
            let units_long = core[..length].chars().map(units).sum();
            entities.push(Entity::plain(kind, start, units_long));
        }
        offset += word.chars().map(units).sum::<usize>();
    }
    entities
}

/// What a word is, and how many of its bytes belong to it.
fn kind_of(word: &str) -> Option<(&'static str, usize)> {
    let mut letters = word.chars();
    match letters.next()? {
        '/' => {
            let name = span(&word[1..], |c| c.is_ascii_alphanumeric() || c == '_');
            let at = word[1 + name..].strip_prefix('@').map_or(0, |bot| {
                1 + span(bot, |c| c.is_ascii_alphanumeric() || c == '_')
            });
            let next = word[1 + name + at..].chars().next();
            ((1..=64).contains(&name) && next != Some('/'))
                .then_some(("bot_command", 1 + name + at))
        }
        '@' => {
            let name = span(&word[1..], |c| c.is_ascii_alphanumeric() || c == '_');
            (name >= 3).then_some(("mention", 1 + name))
        }
        '#' => {
            let name = span(&word[1..], |c| c.is_alphanumeric() || c == '_');
            let has_letter = word[1..1 + name].chars().any(char::is_alphabetic);
            (name > 0 && has_letter).then_some(("hashtag", 1 + name))
        }
        _ => address(word),
    }
}

/// Web and mail addresses.
fn address(word: &str) -> Option<(&'static str, usize)> {
    let end = word
        .trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '"', '\'', '»', ']'])
        .len();
    let body = &word[..end];
    let lower = body.to_lowercase();
    if lower.starts_with("http://") || lower.starts_with("https://") {
        let host = &body[body.find("//")? + 2..];
        return (host.contains('.') || host.starts_with("localhost")).then_some(("url", end));
    }
    if let Some((name, domain)) = body.split_once('@') {
        let is_mail = !name.is_empty()
            && domain.contains('.')
            && !domain.contains('@')
            && domain.split('.').all(|part| !part.is_empty());
        return is_mail.then_some(("email", end));
    }
    let host = body.split(['/', '?']).next().unwrap_or_default();
    const TOP: [&str; 8] = [".com", ".org", ".net", ".me", ".io", ".ru", ".dev", ".app"];
    let is_host = TOP.iter().any(|top| host.to_lowercase().ends_with(top))
        && host
            .chars()
            .all(|c| c.is_alphanumeric() || c == '.' || c == '-')
        && host.split('.').all(|part| !part.is_empty());
    is_host.then_some(("url", end))
}

/// How many bytes at the beginning satisfy the test.
fn span(text: &str, test: impl Fn(char) -> bool) -> usize {
    text.find(|c| !test(c)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&'static str, usize, usize)> {
        find(text)
            .iter()
            .map(|entity| (entity.kind, entity.offset, entity.length))
            .collect()
    }

    #[test]
    fn commands_mentions_and_addresses_are_found() {
        assert_eq!(found("/start p_1"), [("bot_command", 0, 6)]);
        assert_eq!(found("😀 see https://a.b/c?d."), [("url", 7, 15)]);
        assert_eq!(
            found("@starfront #new me@a.org"),
            [("mention", 0, 10), ("hashtag", 11, 4), ("email", 16, 8),]
        );
        assert_eq!(found("(t.me/shop) 1/2 a.b"), [("url", 1, 9)]);
    }
}
