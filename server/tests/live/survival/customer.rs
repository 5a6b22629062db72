//! A buyer who tries again when the shop does not answer.

use std::{
    sync::Arc,
    time::{Duration, UNIX_EPOCH},
};

use app::api::{ApiError, OpenedOrder, Session};
use leptos::server_fn::{Decodes, Encodes, codec::PostcardEncoding, error::FromServerFnError};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::json;
use telegram::{BotToken, init_data::sign_hmac};

use super::world::World;
use crate::support::{TOKEN, patiently};

/// What somebody wants, at the price that the page shows.
#[derive(Debug, Clone, Copy)]
pub struct Wish {
    pub product: &'static str,
    pub price: u64,
    pub promo: Option<&'static str>,
}

/// One product of each kind.
pub const GUIDE: Wish = wish("guide", 40);
pub const SET: Wish = wish("set", 90);
pub const CLUB: Wish = wish("club", 25);

/// A code that is there once.
pub const GUIDE_FOR_LESS: Wish = Wish {
    price: 30,
    promo: Some("LAMP"),
    ..GUIDE
};

const fn wish(product: &'static str, price: u64) -> Wish {
    Wish {
        product,
        price,
        promo: None,
    }
}

pub struct Customer {
    world: Arc<World>,
    pub id: i64,
    token: String,
}

impl Customer {
    /// Somebody new with so many Stars, who writes to the bot and opens the Mini App.
    pub async fn arrive(world: &Arc<World>, stars: u64) -> Self {
        let id = world.sandbox.user(stars).await;
        world.sandbox.write(id, "/start").await;
        let mut customer = Self {
            world: Arc::clone(world),
            id,
            token: String::new(),
        };
        let user = json!({"id": id, "first_name": "Wilhelmina", "language_code": "en"});
        let now = UNIX_EPOCH.elapsed().unwrap().as_secs().to_string();
        let token = BotToken::parse(TOKEN).unwrap();
        let pairs = [("auth_date", now.as_str()), ("user", &user.to_string())];
        let init_data = sign_hmac(&pairs, &token).unwrap();
        let session: Session = patiently("a session", || async {
            customer.ask("start_session", (&init_data,)).await?.ok()
        })
        .await;
        customer.token = session.token;
        customer
    }

    /// One try to call a server function; nothing when no answer came.
    async fn ask<T: DeserializeOwned>(
        &self,
        function: &str,
        arguments: impl Serialize,
    ) -> Option<Result<T, ApiError>> {
        let url = self.world.url(&format!("/api/app/{function}"));
        let body = PostcardEncoding::encode(&arguments).unwrap();
        let request = self.world.http.post(url).bearer_auth(&self.token);
        let answer = request.body(body).send().await.ok()?;
        let is_good = answer.status().is_success();
        let bytes = answer.bytes().await.ok()?;
        Some(if is_good {
            Ok(PostcardEncoding::decode(bytes).ok()?)
        } else {
            Err(ApiError::de(bytes))
        })
    }

    /// Opens an order, however often it takes; nothing when the product is sold out.
    pub async fn order(&self, wish: Wish) -> Option<OpenedOrder> {
        let wanted = (wish.product, "default", wish.price, wish.promo);
        patiently("an order", || async {
            match self.ask("open_order", wanted).await? {
                Ok(opened) => Some(Some(opened)),
                Err(refused) if refused.code == "sold_out" => Some(None),
                Err(_) => None,
            }
        })
        .await
    }

    /// Pays an invoice once; the charge, if it came to one.
    pub async fn pay(&self, link: &str, outcome: &str) -> Option<String> {
        let paid = self.world.sandbox.try_pay(link, self.id, outcome).await;
        Some(paid["charge_id"].as_str()?.to_owned())
    }

    /// Orders and pays until Telegram takes the money; gives the order and its invoice link.
    pub async fn buy(&self, wish: Wish, outcome: &str) -> (String, String) {
        for _ in 0..10 {
            let opened = self.order(wish).await.expect("it is to be had");
            if self.pay(&opened.invoice_link, outcome).await.is_some() {
                return (opened.order, opened.invoice_link);
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("{wish:?} cannot be paid");
    }
}
