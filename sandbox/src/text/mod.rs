//! Texts with entities, from HTML, Markdown, explicit entities, or plain.

pub mod detect;
pub mod emoji;
pub mod html;
pub mod legacy;
pub mod markdown;
mod mention;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value, json};

use crate::api_error::{ApiError, ApiResult};
use crate::limits::TEXT_BYTES;
use crate::params::Params;

/// A marked part of a text; offsets and lengths count UTF-16 units.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entity {
    /// The Bot API's `type`.
    pub kind: &'static str,
    /// Where it begins.
    pub offset: usize,
    /// How long it is.
    pub length: usize,
    /// Further field, such as `url`.
    pub argument: Option<(&'static str, Value)>,
}

/// An entity as it comes back from a file.
#[derive(Deserialize)]
struct KeptEntity {
    kind: String,
    offset: usize,
    length: usize,
    argument: Option<(String, Value)>,
}

impl TryFrom<KeptEntity> for Entity {
    type Error = String;

    fn try_from(kept: KeptEntity) -> Result<Self, String> {
        let known = |names: &[&'static str], wanted: &str| {
            let found = names.iter().copied().find(|name| *name == wanted);
            found.ok_or_else(|| format!("there is no entity or field {wanted}"))
        };
        let kinds = [&SETTABLE[..], &FOUND[..]].concat();
        let argument = match kept.argument {
            Some((name, value)) => Some((known(&ARGUMENTS, &name)?, value)),
            None => None,
        };
        Ok(Self {
            kind: known(&kinds, &kept.kind)?,
            offset: kept.offset,
            length: kept.length,
            argument,
        })
    }
}

impl<'de> Deserialize<'de> for Entity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let kept = KeptEntity::deserialize(deserializer)?;
        Self::try_from(kept).map_err(D::Error::custom)
    }
}

impl Entity {
    /// An entity without a further field.
    #[must_use]
    pub fn plain(kind: &'static str, offset: usize, length: usize) -> Self {
        Self {
            kind,
            offset,
            length,
            argument: None,
        }
    }

    /// The Bot API's `MessageEntity`.
    #[must_use]
    pub fn to_api(&self) -> Value {
        let mut object = Map::new();
        object.insert("offset".into(), json!(self.offset));
        object.insert("length".into(), json!(self.length));
        object.insert("type".into(), json!(self.kind));
        if let Some((name, value)) = &self.argument {
            object.insert((*name).into(), value.clone());
        }
        Value::Object(object)
    }
}

/// A text and its entities.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct FormattedText {
    /// The text without markup.
    pub text: String,
    /// Its marked parts, by offset.
    pub entities: Vec<Entity>,
}

/// Names of the parameters that carry a text.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    /// The text.
    pub text: &'static str,
    /// Explicit entities.
    pub entities: &'static str,
}

/// A message's text.
pub const TEXT: Fields = Fields {
    text: "text",
    entities: "entities",
};
/// A file's caption.
pub const CAPTION: Fields = Fields {
    text: "caption",
    entities: "caption_entities",
};

impl FormattedText {
    /// A plain text with the entities that Telegram finds by itself.
    #[must_use]
    pub fn detect(text: String) -> Self {
        let entities = detect::find(&text);
        Self { text, entities }
    }

    /// Reads a text with its parse mode or entities.
    ///
    /// # Errors
    /// 400 with Telegram's text when the markup is broken.
    pub fn read(params: &Params, fields: Fields) -> ApiResult<Self> {
        let text = params.text(fields.text);
        if text.len() > TEXT_BYTES {
            // source: tdlib/telegram-bot-api Client.cpp `get_formatted_text`
            return Err(ApiError::bad("Text is too long"));
        }
        let mode = params.text("parse_mode").to_lowercase();
        let (text, mut entities) = match mode.as_str() {
            _ if text.is_empty() => (text, Vec::new()),
            "" | "none" => {
                // source: tdlib/telegram-bot-api Client.cpp `get_input_entities`:
                // unreadable entities are ignored
                let list = params.json(fields.entities, "").unwrap_or_default();
                (text, explicit(list.unwrap_or_default())?)
            }
            "html" => html::parse(&text).map_err(cannot_parse)?,
            "markdownv2" => markdown::parse(&text).map_err(cannot_parse)?,
            "markdown" => legacy::parse(&text).map_err(cannot_parse)?,
            _ => return Err(ApiError::bad("Unsupported parse_mode")),
        };
        let text = trim(text, &mut entities);
        for found in detect::find(&text) {
            let clashes = |other: &Entity| {
                found.offset < other.offset + other.length
                    && other.offset < found.offset + found.length
            };
            if !entities.iter().any(clashes) {
                entities.push(found);
            }
        }
        entities.sort_by_key(|entity| (entity.offset, std::cmp::Reverse(entity.length)));
        Ok(Self { text, entities })
    }

    /// Writes the text into a Bot API object, unless it is empty.
    pub fn store(&self, object: &mut Value, text: &str, entities: &str) {
        if self.text.is_empty() {
            return;
        }
        object[text] = json!(self.text);
        if !self.entities.is_empty() {
            object[entities] = self.entities.iter().map(Entity::to_api).collect();
        }
    }

    /// Whether it mentions who has this name.
    #[must_use]
    pub fn mentions(&self, username: &str) -> bool {
        let mentions = self.entities.iter().filter(|found| found.kind == "mention");
        mentions
            .map(|found| {
                let units = self.text.encode_utf16().skip(found.offset);
                String::from_utf16_lossy(&units.take(found.length).collect::<Vec<_>>())
            })
            .any(|name| name.trim_start_matches('@').eq_ignore_ascii_case(username))
    }

    /// How many characters it has, as limits count them.
    #[must_use]
    pub fn chars(&self) -> usize {
        self.text.chars().count()
    }
}

/// Source: tdlib/td ClientActor, `parseTextEntities`.
fn cannot_parse(why: String) -> ApiError {
    ApiError::bad(&format!("Can't parse entities: {why}"))
}

/// How many UTF-16 units a character takes.
#[must_use]
pub fn units(character: char) -> usize {
    character.len_utf16()
}

/// Cuts white space at both ends and moves the entities along. Source: tdlib/td
/// MessageEntity.cpp `fix_formatted_text`.
fn trim(text: String, entities: &mut Vec<Entity>) -> String {
    let kept = text.trim_start();
    let cut: usize = text[..text.len() - kept.len()].chars().map(units).sum();
    let kept = kept.trim_end();
    let end: usize = kept.chars().map(units).sum();
    for entity in entities.iter_mut() {
        let from = entity.offset.saturating_sub(cut);
        let to = (entity.offset + entity.length).saturating_sub(cut).min(end);
        entity.offset = from;
        entity.length = to.saturating_sub(from);
    }
    entities.retain(|entity| entity.length > 0);
    kept.to_owned()
}

/// Kinds that a bot may set by itself; the others are found in the text.
const SETTABLE: [&str; 12] = [
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "code",
    "pre",
    "text_link",
    "text_mention",
    "custom_emoji",
    "blockquote",
    "expandable_blockquote",
];

/// Kinds that are accepted and ignored, since Telegram finds them by itself.
const FOUND: [&str; 8] = [
    "mention",
    "hashtag",
    "cashtag",
    "bot_command",
    "url",
    "email",
    "phone_number",
    "bank_card_number",
];

/// Further fields that an entity may have.
const ARGUMENTS: [&str; 4] = ["url", "language", "user", "custom_emoji_id"];

/// Reads entities that the bot gave. Source: tdlib/telegram-bot-api Client.cpp
/// `get_text_entity`.
fn explicit(list: Value) -> ApiResult<Vec<Entity>> {
    let complain = |text: &str| ApiError::bad(&format!("Can't parse MessageEntity: {text}"));
    let mut entities = Vec::new();
    for item in list.as_array().into_iter().flatten() {
        if !item.is_object() {
            return Err(complain("expected an Object"));
        }
        let number = |name: &str| {
            item[name]
                .as_u64()
                .and_then(|number| usize::try_from(number).ok())
                .ok_or_else(|| complain(&format!("Can't find field \"{name}\"")))
        };
        let (offset, length) = (number("offset")?, number("length")?);
        let name = item["type"].as_str().unwrap_or_default();
        if FOUND.contains(&name) {
            continue;
        }
        let kind = SETTABLE
            .iter()
            .find(|kind| **kind == name)
            .ok_or_else(|| complain("Unsupported type specified"))?;
        let field = ARGUMENTS
            .into_iter()
            .find(|field| item.get(field).is_some());
        let argument = field.map(|field| (field, item[field].clone()));
        entities.push(Entity {
            kind,
            offset,
            length,
            argument,
        });
    }
    Ok(entities)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, Value)]) -> Result<FormattedText, String> {
        let mut params = Params::default();
        for (name, value) in pairs {
            params.set(*name, value.clone());
        }
        FormattedText::read(&params, TEXT).map_err(|error| error.description)
    }

    #[test]
    fn white_space_goes_and_entities_follow() {
        let text = read(&[
            ("text", json!("  <b>hi</b> ")),
            ("parse_mode", json!("HTML")),
        ])
        .unwrap();
        assert_eq!(text.text, "hi");
        assert_eq!(text.entities, [Entity::plain("bold", 0, 2)]);
    }

    #[test]
    fn unknown_modes_and_types_are_refused() {
        assert_eq!(
            read(&[("text", json!("a")), ("parse_mode", json!("BBCode"))]).unwrap_err(),
            "Bad Request: unsupported parse_mode"
        );
        let entities = json!([{ "offset": 0, "length": 1, "type": "blink" }]);
        assert_eq!(
            read(&[("text", json!("a")), ("entities", entities)]).unwrap_err(),
            "Bad Request: can't parse MessageEntity: Unsupported type specified"
        );
    }
}
