//! setWebhook, deleteWebhook.

use std::net::IpAddr;

use url::{Host, Url};

use super::{Call, MethodResult, Reply};
use crate::api_error::{ApiError, ApiResult};
use crate::limits::{CERTIFICATE_BYTES, SECRET_BYTES, WEBHOOK_CONNECTIONS};
use crate::params::Params;
use crate::sandbox::Shared;
use crate::sender;
use crate::update::UpdateQueue;
use crate::webhook::Webhook;

/// Sets a webhook and starts its sender. Order of checks and texts:
/// tdlib/telegram-bot-api Client.cpp `process_set_webhook_query`, `do_set_webhook`.
///
/// # Errors
/// 400 for a bad address or secret, 429 more than once a second.
pub fn set_webhook(sandbox: &Shared, bot_id: i64, params: &Params) -> MethodResult {
    let wanted = Webhook {
        url: params.text("url"),
        secret: params.text("secret_token"),
        max_connections: connections(params),
        ip_address: params.text("ip_address"),
        has_certificate: has_certificate(params)?,
        ..Webhook::default()
    };
    let now_ms = sandbox.clock.now_ms();
    let generation = {
        let mut state = sandbox.state();
        let bot = state.bot_mut(bot_id)?;
        // By a clock that stands still, a second would never be over.
        if now_ms < bot.webhook.next_allowed_ms && !sandbox.clock.is_still() {
            return Err(ApiError::too_many(1));
        }
        bot.webhook.next_allowed_ms = now_ms + 1000;
        let drops = params.flag("drop_pending_updates");
        if bot.webhook.is_set() && is_same(&bot.webhook, &wanted) && !drops {
            allow(&mut bot.updates, params);
            return Ok(Reply::done("Webhook is already set"));
        }
        check_url(&wanted.url, sandbox.config.is_local)?;
        check_secret(&wanted.secret)?;
        if drops {
            bot.updates.clear();
        }
        allow(&mut bot.updates, params);
        bot.updates.release();
        let generation = bot.webhook.generation + 1;
        let next_allowed_ms = bot.webhook.next_allowed_ms;
        bot.webhook = Webhook {
            generation,
            next_allowed_ms,
            ..wanted
        };
        bot.wake.notify_waiters();
        generation
    };
    sender::start(sandbox.clone(), bot_id, generation);
    Ok(Reply::done("Webhook was set"))
}

/// Removes the webhook.
///
/// # Errors
/// None beyond an unknown bot.
pub fn delete_webhook(call: &mut Call<'_>) -> MethodResult {
    let drops = call.params.flag("drop_pending_updates");
    let bot = call.state.bot_mut(call.bot_id)?;
    if drops {
        bot.updates.clear();
    }
    if !bot.webhook.is_set() {
        return Ok(Reply::done("Webhook is already deleted"));
    }
    bot.webhook.remove();
    bot.updates.release();
    bot.wake.notify_waiters();
    Ok(Reply::done("Webhook was deleted"))
}

/// Takes `allowed_updates`; a missing list keeps the old one.
pub(super) fn allow(updates: &mut UpdateQueue, params: &Params) {
    // source: tdlib/telegram-bot-api Client.cpp `get_allowed_update_types`:
    // what cannot be read is ignored
    if let Ok(Some(list)) = params.json("allowed_updates", "") {
        updates.allow(&list);
    }
}

fn connections(params: &Params) -> usize {
    let (default, max) = WEBHOOK_CONNECTIONS;
    usize::try_from(params.integer("max_connections", default, 1, max)).unwrap_or(1)
}

/// Whether the bot sends a certificate of its own. It is noted and not used.
///
/// # Errors
/// 400 when it is too large.
fn has_certificate(params: &Params) -> ApiResult<bool> {
    let Some(file) = params.file("certificate") else {
        return Ok(false);
    };
    let size = file.bytes.len();
    if size > CERTIFICATE_BYTES {
        let text = format!("certificate size is too big ({size} bytes)");
        return Err(ApiError::bad(&text));
    }
    Ok(true)
}

/// A certificate is always taken for a new one, as Telegram does not compare them.
fn is_same(old: &Webhook, new: &Webhook) -> bool {
    !old.has_certificate
        && !new.has_certificate
        && old.url == new.url
        && old.secret == new.secret
        && old.max_connections == new.max_connections
        && old.ip_address == new.ip_address
}

/// HTTPS on one of four ports; this machine may be anything, and with `is_local`, as at a Bot API
/// server with `--local`, so may every address. Source: tdlib/telegram-bot-api WebhookActor.cpp.
fn check_url(text: &str, is_local: bool) -> ApiResult<()> {
    let full = if text.contains("://") {
        text.to_owned()
    } else {
        format!("https://{text}")
    };
    let url = Url::parse(&full).map_err(|_| ApiError::bad("invalid webhook URL specified"))?;
    let bad = |why: &str| ApiError::bad(&format!("bad webhook: {why}"));
    if (is_local || is_loopback(&url)) && matches!(url.scheme(), "http" | "https") {
        return Ok(());
    }
    match url.scheme() {
        "https" => {}
        "http" => return Err(bad("An HTTPS URL must be provided for webhook")),
        _ => return Err(ApiError::bad("invalid webhook URL specified")),
    }
    if !matches!(url.port_or_known_default(), Some(443 | 80 | 88 | 8443)) {
        return Err(bad(
            "Webhook can be set up only on ports 80, 88, 443 or 8443",
        ));
    }
    match url.host() {
        Some(Host::Ipv6(_)) => Err(bad("IPv6-only addresses are not allowed")),
        Some(Host::Ipv4(ip)) if ip.is_private() || ip.is_link_local() || ip.is_unspecified() => {
            Err(bad(&format!("IP address {ip} is reserved")))
        }
        _ => Ok(()),
    }
}

/// Whether an address is on this machine.
fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => IpAddr::V4(ip).is_loopback(),
        Some(Host::Ipv6(ip)) => IpAddr::V6(ip).is_loopback(),
        None => false,
    }
}

fn check_secret(secret: &str) -> ApiResult<()> {
    if secret.len() > SECRET_BYTES {
        return Err(ApiError::bad("secret token is too long"));
    }
    let is_fine = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if !secret.bytes().all(is_fine) {
        return Err(ApiError::bad("secret token contains unallowed characters"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_judged_as_telegram_judges_them() {
        let text = |url: &str| check_url(url, false).map_err(|error| error.description);
        assert!(check_url("http://bot:8080/hook", true).is_ok());
        assert!(text("http://bot:8080/hook").is_err());
        assert_eq!(text("http://127.0.0.1:3000/telegram/webhook"), Ok(()));
        assert_eq!(text("https://shop.example/hook"), Ok(()));
        for (url, complaint) in [
            (
                "http://shop.example/",
                "An HTTPS URL must be provided for webhook",
            ),
            (
                "https://shop.example:3000/",
                "Webhook can be set up only on ports 80, 88, 443 or 8443",
            ),
            (
                "https://[2001:db8::1]/",
                "IPv6-only addresses are not allowed",
            ),
            ("https://10.0.0.1/", "IP address 10.0.0.1 is reserved"),
        ] {
            assert_eq!(
                text(url),
                Err(format!("Bad Request: bad webhook: {complaint}"))
            );
        }
        assert_eq!(
            text("ftp://shop.example/"),
            Err("Bad Request: invalid webhook URL specified".into())
        );
    }

    #[test]
    fn secrets_keep_to_their_alphabet() {
        assert!(check_secret(&"a".repeat(256)).is_ok());
        assert!(check_secret(&"a".repeat(257)).is_err());
        assert_eq!(
            check_secret("a b").unwrap_err().description,
            "Bad Request: secret token contains unallowed characters"
        );
    }
}
