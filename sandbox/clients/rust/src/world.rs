//! A bot that remembers what it is told, and its sandbox.

use crate::desk::Desk;
use frankenstein::client_ureq::Bot;
use frankenstein::methods::{AnswerPreCheckoutQueryParams, GetUpdatesParams};
use frankenstein::response::ErrorResponse;
use frankenstein::types::{AllowedUpdate, Message};
use frankenstein::updates::UpdateContent;
use frankenstein::{Error, TelegramApi};
use serde_json::Value;
use std::collections::VecDeque;
use std::thread;
use std::time::{Duration, Instant};

/// How long anything is waited for: a bound for a loaded machine, never the measure of anything.
const PATIENCE: Duration = Duration::from_secs(60);

/// What pre-checkout queries are answered.
#[derive(Debug, Clone, Copy)]
pub enum Verdict {
    Yes,
    No(&'static str),
    Nothing,
}

/// Everything that the checks share.
pub struct World {
    pub url: String,
    pub desk: Desk,
    pub bot: Bot,
    pub verdict: Verdict,
    pub buyer: i64,
    pub keyboard: i32,
    /// Charge ids of the sales by link, by message, and of the subscription.
    pub link: String,
    pub message: String,
    pub month: String,
    /// One who came through an affiliate, with the charge id of their purchase.
    pub referred: (i64, String),
    /// Charge id of a large sale, which is withdrawn.
    pub large: String,
    /// A group and who owns it.
    pub owner: i64,
    pub group: i64,
    /// The name of a sticker set.
    pub pack: String,
    offset: i64,
    pub inbox: VecDeque<UpdateContent>,
}

impl World {
    pub fn new(url: &str) -> Self {
        let desk = Desk::new(url, "4205:FRANKENSTEIN");
        Self {
            url: url.to_owned(),
            bot: Self::client(url, &desk.token),
            desk,
            verdict: Verdict::Yes,
            buyer: 0,
            keyboard: 0,
            link: String::new(),
            message: String::new(),
            month: String::new(),
            referred: (0, String::new()),
            large: String::new(),
            owner: 0,
            group: 0,
            pack: String::new(),
            offset: 0,
            inbox: VecDeque::new(),
        }
    }

    /// A client with nothing set but the address.
    pub fn client(url: &str, token: &str) -> Bot {
        Bot::new_url(format!("{url}/bot{token}"))
    }

    /// The buyer's id as methods want it that take users only.
    pub fn buyer_id(&self) -> u64 {
        u64::try_from(self.buyer).expect("ids are positive")
    }

    /// Asks for updates once, answers pre-checkout queries, and keeps all of it.
    pub fn pump(&mut self) {
        let wanted = GetUpdatesParams::builder()
            .offset(self.offset)
            .timeout(1)
            .allowed_updates(vec![
                AllowedUpdate::Message,
                AllowedUpdate::CallbackQuery,
                AllowedUpdate::PreCheckoutQuery,
                AllowedUpdate::PurchasedPaidMedia,
                AllowedUpdate::Subscription,
                AllowedUpdate::MyChatMember,
                AllowedUpdate::ChatMember,
                AllowedUpdate::ChatJoinRequest,
            ])
            .build();
        for update in self.bot.get_updates(&wanted).expect("updates").result {
            self.offset = i64::from(update.update_id) + 1;
            if let UpdateContent::PreCheckoutQuery(query) = &update.content {
                let answer =
                    AnswerPreCheckoutQueryParams::builder().pre_checkout_query_id(&query.id);
                let answer = match self.verdict {
                    Verdict::Yes => Some(answer.ok(true).build()),
                    Verdict::No(why) => Some(answer.ok(false).error_message(why).build()),
                    Verdict::Nothing => None,
                };
                if let Some(answer) = answer {
                    self.bot
                        .answer_pre_checkout_query(&answer)
                        .expect("the verdict is taken");
                }
            }
            self.inbox.push_back(update.content);
        }
    }

    /// Waits for the first update that `pick` takes.
    pub fn take<T>(&mut self, pick: impl Fn(&UpdateContent) -> Option<T>) -> T {
        let begun = Instant::now();
        loop {
            let found = self.inbox.iter().enumerate();
            let found = found
                .filter_map(|(at, update)| Some((at, pick(update)?)))
                .next();
            if let Some((at, value)) = found {
                self.inbox.remove(at);
                return value;
            }
            assert!(begun.elapsed() < PATIENCE, "nothing came");
            self.pump();
        }
    }

    /// Waits for a message with something in it.
    pub fn message<T>(&mut self, pick: impl Fn(&Message) -> Option<T>) -> T {
        self.take(|update| match update {
            UpdateContent::Message(message) => pick(message),
            _ => None,
        })
    }

    /// The user pays while the bot listens.
    pub fn pay(&mut self, user: i64, link: &str, outcome: &'static str) -> Value {
        let (desk, link) = (self.desk.clone(), link.to_owned());
        let paying = thread::spawn(move || desk.pay(user, &link, outcome));
        while !paying.is_finished() {
            self.pump();
        }
        paying.join().expect("paying ends")
    }
}

/// The call must fail with Telegram's error.
pub fn refused<T: std::fmt::Debug>(
    call: Result<T, Error>,
    code: u64,
    words: &str,
) -> ErrorResponse {
    match call {
        Err(Error::Api(error)) => {
            assert_eq!(error.error_code, code, "{error:?}");
            assert!(error.description.contains(words), "{error:?}");
            error
        }
        other => panic!("not refused: {other:?}"),
    }
}
