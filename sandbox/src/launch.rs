//! How a Mini App is opened: which address, with which fragment.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::Url;
use utoipa::ToSchema;

use crate::init_data::InitData;
use crate::keys::Keys;
use crate::limits::START_PARAM_CHARS;
use crate::state::State;
use crate::token::Token;
use crate::user::User;

/// Where the launch came from; decides what initData names. Source: Mini Apps,
/// `WebAppInitData`: an inline button or menu launch has a `query_id`, a link has the chat, a
/// button of the reply keyboard has nothing and may use `sendData` instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The menu button or an inline keyboard.
    Button,
    /// A direct link.
    Link,
    /// A button of the reply keyboard: there is no launch data at all.
    Keyboard,
}

/// What the window asks for.
#[derive(Debug, Clone)]
pub struct Launch {
    /// The user.
    pub user_id: i64,
    /// Parameter of the link.
    pub start_param: Option<String>,
    /// Platform name, such as `ios`.
    pub platform: String,
    /// Protocol version, such as `9.6`.
    pub version: String,
    /// Address; without it, the menu button's.
    pub url: Option<String>,
    /// Colours.
    pub theme: Value,
    /// Whether it opens in fullscreen.
    pub fullscreen: bool,
    /// Where from.
    pub origin: Origin,
    /// What is wrong with it, or rare.
    pub quirks: Quirks,
}

/// What sellers have seen of launches beside the usual.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Quirks {
    /// How old the signed data are, seconds: apps that stay open or are restored send such.
    /// Source: telegramdesktop/tdesktop issues 28303, 29456.
    pub age_seconds: u32,
    /// The signed data stand in the fragment without another layer of percent-encoding. Source:
    /// Telegram-Mini-Apps/tma.js issue 869.
    pub is_unencoded: bool,
    /// Kind of the chat that a link was opened in.
    pub chat_type: ChatType,
    /// What the signed data name instead of the link's parameter; nothing at all when it is empty.
    /// Source: Telegram-Mini-Apps/issues 44 and tdlib/telegram-bot-api issue 631.
    pub stale_start_param: Option<String>,
}

/// Kind of the chat that a link was opened in. Source: Mini Apps, `WebAppInitData`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChatType {
    /// A private chat with whoever sent the link, as most clients say.
    #[default]
    Sender,
    /// A private chat.
    Private,
    /// A group.
    Group,
    /// A supergroup.
    Supergroup,
    /// A channel.
    Channel,
}

impl ChatType {
    fn as_str(self) -> &'static str {
        match self {
            Self::Sender => "sender",
            Self::Private => "private",
            Self::Group => "group",
            Self::Supergroup => "supergroup",
            Self::Channel => "channel",
        }
    }
}

/// Why a Mini App cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LaunchError {
    /// Nobody has this id.
    #[error("There is no user with this id.")]
    UserNotFound,
    /// The bot has no Mini App.
    #[error("This bot has no Mini App yet: set a menu button of type web_app, or give a url.")]
    NoApp,
    /// The address cannot be opened.
    #[error("The Mini App's address is not an http or https URL.")]
    BadUrl,
    /// The start parameter would be refused by Telegram.
    #[error("A start parameter has 1 to 512 characters out of A–Z, a–z, 0–9, _ and -.")]
    BadStartParam,
}

/// A Mini App ready to be opened.
#[derive(Debug, Clone)]
pub struct Opened {
    /// Address with its fragment.
    pub url: String,
    /// The signed data, as it stands in the fragment once decoded.
    pub init_data: String,
}

/// What `encodeURIComponent` leaves alone.
const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

impl State {
    /// Opens a Mini App: signs initData and builds the address.
    ///
    /// # Errors
    /// When the user, the app or the parameter is not acceptable.
    pub fn launch(
        &mut self,
        token: &Token,
        keys: &Keys,
        launch: &Launch,
    ) -> Result<Opened, LaunchError> {
        let bot_id = token.bot_id();
        let user = self
            .account(launch.user_id)
            .map(|account| account.user.clone())
            .ok_or(LaunchError::UserNotFound)?;
        let stale = launch.quirks.stale_start_param.as_deref();
        let stale = stale.filter(|param| !param.is_empty());
        let mut named = launch.start_param.as_deref().into_iter().chain(stale);
        if !named.all(is_start_param) {
            return Err(LaunchError::BadStartParam);
        }
        let mut url = self.app_url(bot_id, launch)?;
        let init_data = match launch.origin {
            Origin::Keyboard => String::new(),
            Origin::Link | Origin::Button => self.launch_data(token, keys, launch, &user),
        };
        if let Some(param) = &launch.start_param {
            url.query_pairs_mut()
                .append_pair("tgWebAppStartParam", param);
        }
        Ok(Opened {
            url: with_fragment(url.as_str(), &fragment(launch, &init_data)),
            init_data,
        })
    }

    /// The signed data of a launch.
    fn launch_data(&mut self, token: &Token, keys: &Keys, launch: &Launch, user: &User) -> String {
        let bot_id = token.bot_id();
        let chat = self.chat_mut(bot_id, user.id);
        let (instance, can_write) = (chat.instance, chat.can_write());
        let mut person = serde_json::to_value(user).unwrap_or_default();
        if can_write {
            person["allows_write_to_pm"] = json!(true);
        }
        let mut data = InitData::default();
        if launch.origin == Origin::Link {
            data = data
                .with_json("user", &person)
                .with("chat_instance", instance.to_string())
                .with("chat_type", launch.quirks.chat_type.as_str());
        } else {
            let query_id = format!("AAH{}", self.ids.text(13));
            self.add_web_app_query(&query_id, bot_id, user.id);
            data = data.with("query_id", query_id).with_json("user", &person);
        }
        let stale = launch.quirks.stale_start_param.as_ref();
        let named = stale.or(launch.start_param.as_ref());
        let auth_date = self.now() - i64::from(launch.quirks.age_seconds);
        data.with_some(
            "start_param",
            named.filter(|name| !name.is_empty()).cloned(),
        )
        .with("auth_date", auth_date.max(0).to_string())
        .sign(token, has_signature(&launch.version).then_some(keys))
    }

    fn app_url(&self, bot_id: i64, launch: &Launch) -> Result<Url, LaunchError> {
        let text = match &launch.url {
            Some(url) => url.clone(),
            None => self
                .bots
                .get(&bot_id)
                .and_then(|bot| bot.profile.menu_of(launch.user_id)["web_app"]["url"].as_str())
                .ok_or(LaunchError::NoApp)?
                .to_owned(),
        };
        let url = Url::parse(&text).map_err(|_| LaunchError::BadUrl)?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(LaunchError::BadUrl);
        }
        Ok(url)
    }
}

/// Whether a client of this version hands over a `signature`: since 8.0. Source: Mini Apps,
/// `WebAppInitData`.
fn has_signature(version: &str) -> bool {
    let major = version.split('.').next().unwrap_or_default();
    major.parse::<u32>().is_ok_and(|major| major >= 8)
}

/// Whether a link may carry this parameter. Source: Mini Apps, "Direct link Mini Apps".
fn is_start_param(text: &str) -> bool {
    (1..=START_PARAM_CHARS).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
}

/// The launch parameters. Source: Mini Apps, launch parameters of the web clients. The
/// start parameter stands in the query alone: `@tma.js/sdk` and `@telegram-apps/sdk` refuse
/// a launch that names anything twice, so that Telegram cannot do so either.
fn fragment(launch: &Launch, init_data: &str) -> String {
    let colors = json!({
        "bg_color": "#ffffff",
        "bg_dark_color": "#18222d",
        "header_color": "#ffffff",
        "header_dark_color": "#131415",
    });
    let mut pairs = vec![
        ("tgWebAppVersion", launch.version.clone()),
        ("tgWebAppPlatform", launch.platform.clone()),
        ("tgWebAppThemeParams", launch.theme.to_string()),
        ("tgWebAppDefaultColors", colors.to_string()),
    ];
    if !init_data.is_empty() && !launch.quirks.is_unencoded {
        pairs.insert(0, ("tgWebAppData", init_data.to_owned()));
    }
    if launch.fullscreen {
        pairs.push(("tgWebAppFullscreen", "1".into()));
    }
    let mut parts: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, COMPONENT)))
        .collect();
    if !init_data.is_empty() && launch.quirks.is_unencoded {
        parts.insert(0, format!("tgWebAppData={init_data}"));
    }
    parts.join("&")
}

/// Appends parameters to a fragment. Source: telegram-web-app.js `urlAppendHashParams`.
fn with_fragment(url: &str, params: &str) -> String {
    match url.split_once('#') {
        None => format!("{url}#{params}"),
        Some((_, "")) => format!("{url}{params}"),
        Some((_, old)) if old.contains(['=', '?']) => format!("{url}&{params}"),
        Some(_) => format!("{url}?{params}"),
    }
}

/// Telegram's day theme on the web.
#[must_use]
pub fn day_theme() -> Value {
    json!({
        "bg_color": "#ffffff",
        "text_color": "#000000",
        "hint_color": "#707579",
        "link_color": "#00488f",
        "button_color": "#3390ec",
        "button_text_color": "#ffffff",
        "secondary_bg_color": "#f4f4f5",
        "header_bg_color": "#ffffff",
        "accent_text_color": "#3390ec",
        "section_bg_color": "#ffffff",
        "section_header_text_color": "#3390ec",
        "subtitle_text_color": "#707579",
        "destructive_text_color": "#df3f40",
        "section_separator_color": "#e4e4e7",
        "bottom_bar_bg_color": "#ffffff",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fragments_join_as_the_official_script_joins_them() {
        assert_eq!(with_fragment("http://a/", "x=1"), "http://a/#x=1");
        assert_eq!(with_fragment("http://a/#k=v", "x=1"), "http://a/#k=v&x=1");
        assert_eq!(with_fragment("http://a/#page", "x=1"), "http://a/#page?x=1");
        assert_eq!(with_fragment("http://a/#", "x=1"), "http://a/#x=1");
    }

    #[test]
    fn start_parameters_keep_to_their_alphabet() {
        assert!(is_start_param("p_Abc-9"));
        for wrong in ["", "a b", "ü", &"a".repeat(513)] {
            assert!(!is_start_param(wrong));
        }
    }

    #[test]
    fn signatures_came_with_version_8() {
        for (version, has) in [
            ("6.1", false),
            ("7.10", false),
            ("8.0", true),
            ("10.1", true),
        ] {
            assert_eq!(has_signature(version), has, "{version}");
        }
    }
}
