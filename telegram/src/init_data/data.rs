//! The fields of initData.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{InitDataError, WebAppChat, WebAppUser};

/// What Telegram said about a launch. `hash` and `signature` have done their work and are gone.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct InitData {
    /// When the data was issued, in unix seconds.
    pub auth_date: i64,
    /// Who opened the app. Nearly always present.
    pub user: Option<WebAppUser>,
    /// The other person of a private chat, for apps in the attachment menu.
    pub receiver: Option<WebAppUser>,
    /// The chat, for apps in the attachment menu.
    pub chat: Option<WebAppChat>,
    /// Kind of the chat of a direct link: `sender`, `private`, `group`, `supergroup`, `channel`.
    pub chat_type: Option<String>,
    /// Opaque mark of the chat of a direct link.
    pub chat_instance: Option<String>,
    /// Handle for answering in the user's name; absent for direct links and the main app.
    pub query_id: Option<String>,
    /// What stood behind `startapp=` in the link.
    pub start_param: Option<String>,
    /// Seconds after which an answer to `query_id` may be sent.
    pub can_send_after: Option<i64>,
    /// Handle of a request to join a chat.
    pub chat_join_request_query_id: Option<String>,
    /// Fields that this version does not know, as they came.
    pub other: BTreeMap<String, String>,
}

impl InitData {
    pub(super) fn read(
        auth_date: i64,
        pairs: &[(Vec<u8>, Vec<u8>)],
    ) -> Result<Self, InitDataError> {
        let mut data = Self::empty(auth_date);
        for (name, value) in pairs {
            let value = || text(name, value);
            match name.as_slice() {
                b"hash" | b"signature" | b"auth_date" => {}
                b"user" => data.user = Some(json("user", value()?)?),
                b"receiver" => data.receiver = Some(json("receiver", value()?)?),
                b"chat" => data.chat = Some(json("chat", value()?)?),
                b"chat_type" => data.chat_type = Some(value()?.to_owned()),
                b"chat_instance" => data.chat_instance = Some(value()?.to_owned()),
                b"query_id" => data.query_id = Some(value()?.to_owned()),
                b"start_param" => data.start_param = Some(value()?.to_owned()),
                b"can_send_after" => data.can_send_after = Some(seconds(value()?)?),
                b"chat_join_request_query_id" => {
                    data.chat_join_request_query_id = Some(value()?.to_owned());
                }
                // What is not understood must not stop a genuine buyer, so it is kept as well as
                // text can.
                other => {
                    let lossy = |bytes| String::from_utf8_lossy(bytes).into_owned();
                    data.other.insert(
                        lossy(other),
                        value().map_or_else(|_| String::new(), str::to_owned),
                    );
                }
            }
        }
        for user in data.user.iter().chain(&data.receiver) {
            user.check_id()?;
        }
        Ok(data)
    }

    fn empty(auth_date: i64) -> Self {
        Self {
            auth_date,
            user: None,
            receiver: None,
            chat: None,
            chat_type: None,
            chat_instance: None,
            query_id: None,
            start_param: None,
            can_send_after: None,
            chat_join_request_query_id: None,
            other: BTreeMap::new(),
        }
    }
}

fn text<'a>(name: &[u8], value: &'a [u8]) -> Result<&'a str, InitDataError> {
    std::str::from_utf8(value)
        .map_err(|_| unreadable(&String::from_utf8_lossy(name), "it is not UTF-8 text"))
}

fn seconds(value: &str) -> Result<i64, InitDataError> {
    value
        .parse()
        .map_err(|_| unreadable("can_send_after", "it is not a number of seconds"))
}

fn json<T: DeserializeOwned>(field: &str, value: &str) -> Result<T, InitDataError> {
    serde_json::from_str(value).map_err(|error| {
        // The library's own text may quote the value, which is personal; the place is enough.
        let problem = format!(
            "it is not the JSON object that was expected (line {}, column {})",
            error.line(),
            error.column()
        );
        unreadable(field, &problem)
    })
}

pub(super) fn unreadable(field: &str, problem: &str) -> InitDataError {
    InitDataError::Unreadable {
        field: field.to_owned(),
        problem: problem.to_owned(),
    }
}
