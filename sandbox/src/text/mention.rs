//! Links in a text: to a page, or to a user by id.

use serde_json::{Value, json};

use crate::markup::check_link;
use crate::message::Content;
use crate::state::State;

/// What a link in a text becomes: kind and field of its entity. Nothing when it is no link. Source:
/// tdlib/td MessageEntity.cpp, which makes a mention of a link to a user.
pub(super) fn linked(link: &str) -> Option<(&'static str, (&'static str, Value))> {
    if let Some(id) = user_id(link) {
        return Some(("text_mention", ("user", json!({ "id": id }))));
    }
    check_link(link, false).ok()?;
    Some(("text_link", ("url", json!(link))))
}

/// The user that a link such as `tg://user?id=1` names. Source: tdlib/td LinkManager.cpp
/// `get_link_user_id`.
fn user_id(link: &str) -> Option<i64> {
    let link = link.to_lowercase();
    let rest = link.strip_prefix("tg:")?;
    let rest = rest.strip_prefix("//").unwrap_or(rest);
    let rest = rest.strip_prefix("user")?;
    let query = rest.strip_prefix('/').unwrap_or(rest).strip_prefix('?')?;
    let query = query.split('#').next()?;
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let (_, id) = pairs.find(|(key, _)| *key == "id")?;
    id.parse().ok().filter(|id| *id > 0)
}

impl State {
    /// Gives mentions by id the user that they mean, as the Bot API shows it. Nobody is mentioned
    /// whom Telegram does not know. Source: tdlib/td MessageEntity.cpp `fix_entities`.
    pub fn know_mentions(&self, content: &mut Content) {
        let Some(text) = content.text_mut() else {
            return;
        };
        text.entities.retain_mut(|entity| {
            let Some(("user", user)) = &mut entity.argument else {
                return entity.kind != "text_mention";
            };
            let found = user["id"].as_i64().and_then(|id| self.user_object(id));
            let is_known = found.is_some();
            *user = found.unwrap_or_default();
            is_known
        });
    }

    /// The Bot API's `User` object of a person or a bot.
    fn user_object(&self, id: i64) -> Option<Value> {
        let person = self.account(id).map(|account| account.user.to_api());
        person.or_else(|| self.bots.get(&id).map(|bot| bot.to_api()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_to_a_user_is_a_mention() {
        let kind = |link: &str| linked(link).map(|(kind, (_, value))| (kind, value));
        for link in ["tg://user?id=7", "TG:user?id=7", "tg://user/?a=b&id=7#x"] {
            let user = json!({ "id": 7 });
            assert_eq!(kind(link), Some(("text_mention", user)), "{link}");
        }
        for link in ["tg://user?id=x", "tg://users?id=7", "https://t.me/a"] {
            assert_eq!(kind(link), Some(("text_link", json!(link))), "{link}");
        }
        assert_eq!(kind("not a link"), None);
    }
}
