//! A month in the life of a shop, made from one number: buyers, the seller, stores, Telegram and
//! the clock do what they like, updates get lost, late and doubled, steps are stopped midway, and
//! calls succeed whose answers nobody hears. At its end a simple model says what must be true.
//!
//! `STARFRONT_TEST_SEEDS` lives more months, `STARFRONT_TEST_SEED` one again.

mod ends;
mod telegram;

use std::time::Instant;

use shop::{
    Outcome, Shop,
    domain::*,
    steps::{RowEnd, TelegramBalance},
};
use telegram::{Answer, Fate, STAR, Telegram, Update};
use tokio::task::JoinSet;

use crate::{
    atomic::poll_at_most,
    support::{Engine, NOW, TestShop, each_database, payment, query, wish},
    walk::Dice,
};

/// Months in each test run: some 30 s of a debug build.
const MONTHS: [u64; 2] = [30, 2];

/// Things that happen in a month.
const STEPS: u32 = 220;

/// Buyers of the shop.
const BUYERS: u64 = 7;

const PRODUCTS: [&str; 5] = ["book", "book", "print", "key", "pass"];

struct Month {
    t: TestShop,
    shop: Shop,
    dice: Dice,
    now: UnixSeconds,
    orders: Vec<Order>,
    telegram: Telegram,
}

impl Month {
    async fn begin(engine: Engine, seed: u64) -> Self {
        let t = TestShop::open_quickly(engine).await.unwrap();
        t.owned_by(vec![UserId(900)]);
        // The mark is made before anything is sold, as at the first start.
        t.shop.star_rows_read(NOW).await.unwrap();
        Self {
            shop: t.shop.clone(),
            t,
            dice: Dice(seed),
            now: NOW,
            orders: Vec::new(),
            telegram: Telegram::default(),
        }
    }

    async fn step(&mut self) {
        match self.dice.roll(24) {
            0..=4 => self.open().await,
            5..=6 => self.precheck().await,
            7..=11 => self.pay(),
            12 => self.chargeback(),
            13 => self.refund_one().await,
            14 => self.refund_by_rule().await,
            15 => drop(self.shop.expire_orders(self.now).await.unwrap()),
            16..=17 => self.work(true).await,
            18 => self.look(true).await,
            19 => self.take_out(),
            20..=21 => self.now = self.now.plus(self.dice.roll(1_200) as i64),
            _ => self.now = self.now.plus(self.dice.roll(36_000) as i64),
        }
        for update in self.telegram.arrived(self.now) {
            self.hear(update).await;
        }
    }

    async fn open(&mut self) {
        let product = PRODUCTS[self.dice.roll(5) as usize];
        let buyer = 1 + self.dice.roll(BUYERS) as i64;
        if let Ok(order) = self.shop.open_order(&wish(buyer, product), self.now).await {
            self.orders.push(order);
        }
    }

    async fn precheck(&mut self) {
        if let Some(order) = self.any_order() {
            let _ = self.shop.precheck(&query(&order), self.now).await.unwrap();
        }
    }

    /// Telegram takes money, mostly for an order as it should be.
    fn pay(&mut self) {
        let Some(order) = self.any_order() else {
            return;
        };
        let mut paid = payment(&order, "not-yet-known");
        match self.dice.roll(14) {
            0 => paid.buyer = UserId(99),
            1 => paid.amount -= 1,
            2 => paid.payload = "of another shop".to_owned(),
            _ => {}
        }
        let has_cut = self.dice.roll(5) == 0;
        let cut = has_cut.then(|| Amount::from_nanostars(4 * STAR + STAR / 8).unwrap());
        let fate = self.fate();
        self.telegram.charge(paid, cut, fate, self.now);
    }

    /// A store takes money back.
    fn chargeback(&mut self) {
        let fate = self.fate();
        if let Some(id) = self.any_charge() {
            self.telegram.charges.get_mut(&id).unwrap().wanted_back = true;
            self.telegram.give_back(&id, fate, self.now);
        }
    }

    async fn refund_one(&mut self) {
        if let Some(order) = self.any_order() {
            let queued = self.shop.queue_refund(order.id, self.now).await.unwrap();
            self.wanted_back(queued, order.id);
        }
    }

    async fn refund_by_rule(&mut self) {
        if self.dice.roll(4) > 0 {
            return;
        }
        let rule = RefundRule {
            product: "pass".parse().unwrap(),
            since: NOW,
            until: self.now,
        };
        let meant = self.shop.refundable(&rule).await.unwrap();
        let queued = self.shop.queue_refunds(&rule, self.now).await.unwrap();
        assert_eq!(queued, meant.len() as u64);
        for meant in meant {
            self.wanted_back(true, meant.order);
        }
    }

    /// The seller wanted the money of an order back: the model must not call it a loss.
    fn wanted_back(&mut self, queued: bool, order: OrderId) {
        let payload = order.to_string();
        let charges = self.telegram.charges.values_mut();
        for charge in charges.filter(|charge| queued && charge.payment.payload == payload) {
            charge.wanted_back = true;
        }
    }

    fn take_out(&mut self) {
        let has = self.telegram.balance().nanostars / STAR;
        let has = u64::try_from(has).unwrap_or(0);
        if has > 0 {
            let stars = 1 + self.dice.roll(has);
            let withdrawal = self.dice.roll(2) == 0;
            self.telegram.take_out(stars, withdrawal, self.now);
        }
    }

    /// The shop hears an update; sometimes it dies over it, and hears it again.
    async fn hear(&mut self, update: Update) {
        let (shop, now) = (self.shop.clone(), self.now);
        let hearing = || async {
            match &update {
                Update::Paid(payment) => drop(shop.settle(payment, now).await.unwrap()),
                Update::Refunded(refund) => shop.book_refund(refund, now).await.unwrap(),
            }
        };
        if self.dice.roll(4) == 0 {
            poll_at_most(hearing(), 1 + self.dice.roll(60) as usize).await;
        }
        hearing().await;
    }

    /// A look at Telegram's ledger, as the worker takes it; sometimes it dies over it.
    async fn look(&mut self, faults: bool) {
        if faults && self.dice.roll(3) == 0 {
            let most = 1 + self.dice.roll(400) as usize;
            poll_at_most(look(&self.shop, &self.telegram, self.now), most).await;
            return;
        }
        look(&self.shop, &self.telegram, self.now).await;
    }

    /// The worker does what is owed, until nothing is due.
    async fn work(&mut self, faults: bool) {
        loop {
            let leased = self.shop.lease_effects(self.now, 20).await.unwrap();
            if leased.is_empty() {
                return;
            }
            for item in leased {
                let at = self.now.plus(600);
                let why = "injected".to_owned();
                let outcome = match self.carry_out(&item.effect, faults).await {
                    true => Outcome::Done,
                    false => Outcome::Again { at, why },
                };
                self.shop
                    .end_effect(item.id, outcome, self.now)
                    .await
                    .unwrap();
            }
        }
    }

    /// Carries an effect out. False when it is to be tried again.
    async fn carry_out(&mut self, effect: &Effect, faults: bool) -> bool {
        match effect {
            Effect::Deliver { entitlement } => {
                if faults && self.dice.roll(4) == 0 {
                    return false;
                }
                if self.shop.delivery(*entitlement).await.unwrap().is_some() {
                    let sent = self.shop.mark_sent(*entitlement, None, self.now);
                    sent.await.unwrap();
                }
                true
            }
            Effect::Refund { charge, .. } => {
                let fate = self.fate();
                match self.telegram.refund(charge.as_str(), fate, self.now) {
                    Answer::BalanceTooLow => {
                        self.shop.warn_of_low_balance(self.now).await.unwrap();
                        return false;
                    }
                    // The call went through, and nobody heard the answer.
                    Answer::Done if faults && self.dice.roll(3) == 0 => return false,
                    Answer::Done => {}
                    Answer::AlreadyRefunded => {
                        look(&self.shop, &self.telegram, self.now).await;
                        assert!(self.shop.telegram_gave_back(charge).await.unwrap());
                    }
                }
                let booked = self.shop.refund_carried_out(charge, self.now);
                booked.await.unwrap();
                true
            }
            Effect::Tell { .. } | Effect::SwitchRenewal { .. } | Effect::Warn { .. } => true,
        }
    }

    fn any_order(&mut self) -> Option<Order> {
        let count = self.orders.len() as u64;
        // Mostly a recent one: old orders are rarely paid.
        let back = if self.dice.roll(3) == 0 {
            count
        } else {
            count.min(4)
        };
        (count > 0).then(|| self.orders[(count - 1 - self.dice.roll(back)) as usize].clone())
    }

    fn any_charge(&mut self) -> Option<String> {
        let here = self
            .telegram
            .charges
            .iter()
            .filter(|(_, charge)| !charge.back);
        let here: Vec<String> = here.map(|(id, _)| id.clone()).collect();
        let count = here.len() as u64;
        (count > 0).then(|| here[self.dice.roll(count) as usize].clone())
    }

    fn fate(&mut self) -> Fate {
        match self.dice.roll(8) {
            0 | 1 => Fate::Lost,
            2 => Fate::Doubled,
            3 => Fate::Late(self.dice.roll(90_000) as i64),
            _ => Fate::Arrives,
        }
    }
}

/// Reads Telegram's ledger in small pages, works the rows, compares.
async fn look(shop: &Shop, telegram: &Telegram, now: UnixSeconds) -> Vec<RowEnd> {
    for place in shop.unfinished_star_rows().await.unwrap() {
        let row = &telegram.rows[usize::try_from(place).unwrap()];
        let row = std::slice::from_ref(row);
        shop.keep_star_rows(place, row, now).await.unwrap();
    }
    let mut offset = shop.star_rows_read(now).await.unwrap().saturating_sub(3);
    loop {
        let from = usize::try_from(offset).unwrap();
        let page: Vec<StarRow> = telegram.rows.iter().skip(from).take(20).cloned().collect();
        shop.keep_star_rows(offset, &page, now).await.unwrap();
        offset += page.len() as u64;
        if page.len() < 20 {
            break;
        }
    }
    let mut ends = Vec::new();
    loop {
        let some = shop.work_star_rows(now).await.unwrap();
        if some.is_empty() {
            break;
        }
        ends.extend(some);
    }
    let (balance, rows) = (telegram.balance(), telegram.rows.len() as u64);
    let has = TelegramBalance { balance, rows };
    shop.compare(Some(has), now).await.unwrap();
    ends
}

/// Lives one month and checks its end.
async fn live(engine: Engine, seed: u64) {
    let mut month = Month::begin(engine, seed).await;
    for _ in 0..STEPS {
        month.step().await;
    }
    month.t.assert_sound().await;
    month.come_to_rest().await;
    month.check().await;
}

each_database! {
    async fn a_month(t: TestShop) {
        let number = |name: &str| std::env::var(name).ok().map(|n| n.parse::<u64>().unwrap());
        let usual = if t.engine == Engine::Postgres { MONTHS[1] } else { MONTHS[0] };
        let months = number("STARFRONT_TEST_SEEDS").unwrap_or(usual);
        let mut seeds = match number("STARFRONT_TEST_SEED") {
            Some(seed) => seed..seed + 1,
            None => 0..months,
        };
        let (engine, mut under_way) = (t.engine, JoinSet::new());
        let (started, count) = (Instant::now(), seeds.end - seeds.start);
        loop {
            while under_way.len() < 2 && let Some(seed) = seeds.next() {
                under_way.spawn(async move {
                    let lived = tokio::spawn(live(engine, seed)).await;
                    assert!(lived.is_ok(), "seed {seed} fails; live it again by\n    \
                        STARFRONT_TEST_SEED={seed} cargo test -p shop --test contract a_month");
                });
            }
            let Some(lived) = under_way.join_next().await else { break };
            lived.unwrap();
        }
        let seconds = started.elapsed().as_secs_f64();
        println!("\nfigure: {engine:?}, months lived, all as the model says: {count}");
        println!("figure: {engine:?}, months a second: {:.2}", count as f64 / seconds);
    }
}
