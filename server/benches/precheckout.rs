//! How fast a pre-checkout is answered: from Telegram's webhook request until our call of
//! `answerPreCheckoutQuery` arrives, through the real binary over HTTP, on SQLite.
//!
//! Requests come at a steady rate, whether or not the one before was answered. A page that says
//! `ok` and does nothing is asked for at the same rate in the same run: what it takes is the cost
//! of this machine and of HTTP, not of the shop.

// A measurement that fails has nothing to say but where.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

#[allow(dead_code, unreachable_pub, unused_imports)]
#[path = "../tests/live/support/mod.rs"]
mod support;

use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};

use futures::{StreamExt, stream};
use reqwest::StatusCode;
use serde_json::Value;
use support::{Buyer, Opened, TestShop};
use tokio::{sync::Semaphore, task::JoinSet, time::interval};

/// Pre-checkouts a second. The budget is for 200.
const RATES: [u32; 3] = [50, 200, 500];

/// The rate at which all of them also pay, so that the shop settles and delivers meanwhile.
const PAID_RATE: u32 = 200;

/// Sales a second that go on beside the questions: as many as Telegram lets a bot deliver.
const SALES_RATE: u32 = 20;

/// Seconds that each rate is kept up.
const SECONDS: u32 = 10;

/// Connections that Telegram opens to a webhook unless told otherwise (`max_connections`).
const CONNECTIONS: usize = 40;

/// How long after the question a payment comes: a buyer's money moves first.
const PAID_AFTER: Duration = Duration::from_secs(1);

/// What each order costs, in Stars.
const PRICE: u64 = 40;

/// Longest wait for the last answers of a rate.
const LAST_ANSWERS: Duration = Duration::from_secs(20);

#[tokio::main]
async fn main() {
    // It looks at Telegram's ledger each second, and finds what was sold.
    let settings = |settings: support::Settings| settings.with("STARFRONT_RECONCILE_SECONDS", "1");
    let shop = TestShop::open_with(settings).await;
    let secret = shop.telegram.webhook_secret().await;
    let load = Load {
        shop: &shop,
        secret,
        connections: Arc::new(Semaphore::new(CONNECTIONS)),
    };
    for rate in RATES {
        report("bare answer", rate, load.bare(rate).await);
        let asked = load.orders(rate * SECONDS).await;
        report(
            "pre-checkout",
            rate,
            load.prechecks(asked, rate, false).await,
        );
        let asked = load.orders(rate * SECONDS).await;
        let sales = load.orders(SALES_RATE * SECONDS).await;
        let (asked, ()) = tokio::join!(load.prechecks(asked, rate, false), load.sell(sales));
        let what = format!("pre-checkout beside {SALES_RATE} sales a second and a reconcile");
        report(&what, rate, asked);
    }
    let asked = load.orders(PAID_RATE * SECONDS).await;
    let busy = load.prechecks(asked, PAID_RATE, true).await;
    report("pre-checkout while all pay", PAID_RATE, busy);
}

struct Load<'a> {
    shop: &'a TestShop,
    secret: String,
    connections: Arc<Semaphore>,
}

/// One pre-checkout to come, and the payment that may follow.
struct Asked {
    query: String,
    update: Value,
    paid: Value,
    order: String,
    buyer: i64,
}

impl Load<'_> {
    /// Times from the request to the answer of a page that does nothing.
    async fn bare(&self, rate: u32) -> Vec<Duration> {
        let mut ticks = interval(Duration::from_secs(1) / rate);
        let mut asked = JoinSet::new();
        for _ in 0..rate * SECONDS {
            ticks.tick().await;
            let request = self.shop.get("/healthz");
            asked.spawn(async move {
                let started = Instant::now();
                request.send().await.unwrap();
                started.elapsed()
            });
        }
        asked.join_all().await
    }

    /// Times from the webhook request to the answer's arrival at Telegram.
    async fn prechecks(&self, waiting: Vec<Asked>, rate: u32, paying: bool) -> Vec<Duration> {
        let mut ticks = interval(Duration::from_secs(1) / rate);
        let mut asked = JoinSet::new();
        for Asked {
            query,
            update,
            paid,
            ..
        } in waiting
        {
            ticks.tick().await;
            let (ask, pay) = (self.webhook(&update), self.webhook(&paid));
            let connections = Arc::clone(&self.connections);
            asked.spawn(async move {
                let started = Instant::now();
                deliver(&connections, ask).await;
                if paying {
                    tokio::time::sleep(PAID_AFTER).await;
                    deliver(&connections, pay).await;
                }
                (query, started)
            });
        }
        let started: HashMap<String, Instant> = asked.join_all().await.into_iter().collect();
        let until = Instant::now() + LAST_ANSWERS;
        let mut times = self.answered(&started);
        while times.len() < started.len() && Instant::now() < until {
            tokio::time::sleep(Duration::from_millis(200)).await;
            times = self.answered(&started);
        }
        assert_eq!(
            times.len(),
            started.len(),
            "every pre-checkout is answered once"
        );
        times
    }

    /// How long the answers took that have come to these questions.
    fn answered(&self, started: &HashMap<String, Instant>) -> Vec<Duration> {
        let answers = self.shop.telegram.calls("answerPreCheckoutQuery");
        let refused = answers.iter().filter(|call| call.body["ok"] != true);
        let refused = refused.count();
        if refused > 0 {
            println!("refused as busy so far: {refused}");
        }
        let times = answers.iter().filter_map(|call| {
            let started = started.get(call.body["pre_checkout_query_id"].as_str()?)?;
            Some(call.at - *started)
        });
        times.collect()
    }

    /// Sells these at a steady rate: each is asked for, paid, booked in Telegram's ledger,
    /// delivered by the shop and found again by its reconcile.
    async fn sell(&self, sales: Vec<Asked>) {
        let mut ticks = interval(Duration::from_secs(1) / SALES_RATE);
        let mut sold = JoinSet::new();
        for sale in sales {
            ticks.tick().await;
            let charge = format!("charge-{}", sale.order);
            let telegram = &self.shop.telegram;
            telegram.books(&charge, sale.buyer, &sale.order, PRICE, false);
            let (ask, pay) = (self.webhook(&sale.update), self.webhook(&sale.paid));
            let connections = Arc::clone(&self.connections);
            sold.spawn(async move {
                deliver(&connections, ask).await;
                deliver(&connections, pay).await;
            });
        }
        sold.join_all().await;
    }

    fn webhook(&self, update: &Value) -> reqwest::RequestBuilder {
        let request = self.shop.http.post(self.shop.url("/telegram/webhook"));
        request
            .header("x-telegram-bot-api-secret-token", &self.secret)
            .json(update)
    }

    /// So many buyers, each with an order that waits for its payment.
    async fn orders(&self, count: u32) -> Vec<Asked> {
        stream::iter(0..count)
            .map(|_| async {
                let id = support::FakeTelegram::next_number();
                let buyer = self.shop.buyer(id, "en").await;
                let order = buyer.order("guide", PRICE).await;
                asked(&buyer, &order)
            })
            .buffer_unordered(8)
            .collect()
            .await
    }
}

async fn deliver(connections: &Semaphore, update: reqwest::RequestBuilder) {
    let _place = connections.acquire().await.unwrap();
    assert_eq!(update.send().await.unwrap().status(), StatusCode::OK);
}

fn asked(buyer: &Buyer<'_>, order: &Opened) -> Asked {
    let query = format!("query-{}", order.id);
    Asked {
        update: buyer.precheck_update(&query, &order.id, order.price),
        paid: buyer.paid_update(&order.id, order.price, &format!("charge-{}", order.id)),
        order: order.id.clone(),
        buyer: buyer.id,
        query,
    }
}

fn report(what: &str, rate: u32, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |permille: usize| {
        let time = times[(times.len() - 1) * permille / 1000];
        format!("{:.1} ms", time.as_secs_f64() * 1000.0)
    };
    let (p50, p99, p999) = (at(500), at(990), at(999));
    println!("{what}, {rate} a second: p50 {p50}, p99 {p99}, p99.9 {p999}");
}
