//! What the shop's workers do in a month: hear updates, read Telegram's ledger, do what is owed.

use std::collections::BTreeSet;

use shop::{
    Outcome, Shop,
    domain::*,
    steps::{Switch, TelegramBalance},
};
use sqlx::Row;

use super::{
    model::{Came, End},
    month::Month,
    telegram::{Answer, Telegram, Update},
};
use crate::{
    atomic::poll_at_most,
    support::{BOT, Engine},
};

impl Month {
    /// The shop hears an update; sometimes it dies over it, and hears it again.
    pub(super) async fn hear(&mut self, update: Update) {
        let (shop, now) = (self.shop.clone(), self.now);
        let had_place = match &update {
            Update::Paid(payment) => self.has_place(payment).await,
            _ => false,
        };
        let hearing = || async {
            match &update {
                Update::Paid(payment) => drop(shop.settle(payment, now).await.unwrap()),
                Update::Refunded(refund) => shop.book_refund(refund, now).await.unwrap(),
                Update::Renewal {
                    payload,
                    buyer,
                    change,
                } => {
                    if let Ok(order) = payload.parse() {
                        let changing = shop.change_renewal(order, Some(*buyer), *change, now);
                        changing.await.unwrap();
                    }
                }
            }
        };
        if self.dice.roll(4) == 0 {
            self.tally.note("step died and was taken again");
            poll_at_most(hearing(), 1 + self.dice.roll(60) as usize).await;
        }
        hearing().await;
        match &update {
            Update::Paid(payment) => {
                let id = payment.charge.to_string();
                self.told.insert(id.clone());
                if !self.model.charges.contains_key(&id) {
                    let query = format!(
                        "SELECT COUNT(*) FROM charge WHERE id = '{id}' AND state = 'granted'"
                    );
                    let kept = self.t.count(&query).await == 1;
                    self.came(payment, kept, had_place);
                }
            }
            Update::Refunded(refund) => self.came_back(refund.charge.as_str()),
            Update::Renewal {
                payload,
                buyer,
                change,
            } => {
                let plan = payload
                    .parse()
                    .ok()
                    .and_then(|id| self.model.plans.get_mut(&id));
                if let Some(plan) = plan.filter(|plan| plan.order.buyer == *buyer) {
                    plan.change(*change, self.now.0);
                }
            }
        }
    }

    /// The order of a payment still has what it held.
    async fn has_place(&self, payment: &Payment) -> bool {
        let Ok(order) = payment.payload.parse() else {
            return false;
        };
        let state = self.shop.order_state(order).await.unwrap();
        state.is_some_and(OrderState::is_open)
    }

    /// The model hears of a payment as well.
    fn came(&mut self, payment: &Payment, kept: bool, had_place: bool) {
        let opened = self.model.order(&payment.payload);
        let is_again = opened.is_some_and(|opened| opened.charge.is_some());
        let plan = opened.and_then(|opened| self.model.plans.get(&opened.order.id));
        let returns = plan.is_some_and(|plan| plan.end == Some(End::Lapsed));
        let lapsed_or_running = self.model.plans.len();
        let came = self.model.paid(payment, kept, had_place, self.now);
        let tally = &mut self.tally;
        match came {
            Came::Renewed => {
                tally.note("charge renewed");
                tally.note_if("return after a lapse", returns);
            }
            Came::Refused => {
                let twice = is_again && payment.recurring.is_some();
                tally.note_if("subscription paid twice", twice);
            }
            Came::Granted => {
                tally.note_if("payment of an expired order granted", !had_place);
                let began = self.model.plans.len() > lapsed_or_running;
                let order: OrderId = payment.payload.parse().unwrap();
                if began {
                    let plan = &self.model.plans[&order];
                    let renews = plan.order.term.renews();
                    tally.note(if renews {
                        "subscription begun"
                    } else {
                        "pass bought"
                    });
                    tally.note_if("plan changed with credit", plan.credit > 0);
                    let inherits = plan.heir_of.is_some();
                    tally.note_if("plan changed without credit", inherits && plan.credit == 0);
                }
            }
        }
    }

    pub(super) fn came_back(&mut self, charge: &str) {
        let is_new = !self.model.charges.contains_key(charge);
        self.tally
            .note_if("charge booked and back before it was heard of", is_new);
        self.model.refunded(charge, self.now);
    }

    /// A look at Telegram's ledger, as the worker takes it; sometimes it dies over it.
    pub(super) async fn look(&mut self, faults: bool) {
        let open = "SELECT id FROM orders WHERE state IN ('opened', 'prechecked')";
        let open: BTreeSet<String> = self.names(open).await.into_iter().collect();
        // Only where the database itself says when a step that died has gone.
        if faults && self.t.engine != Engine::Postgres && self.dice.roll(3) == 0 {
            self.tally.note("reading of the ledger died");
            let most = 1 + self.dice.roll(400) as usize;
            poll_at_most(look(&self.shop, &self.telegram, self.now), most).await;
            self.t.run("BEGIN IMMEDIATE; COMMIT").await;
        } else {
            look(&self.shop, &self.telegram, self.now).await;
        }
        self.learn(&open).await;
    }

    /// The model hears what the shop read, in the order of the ledger.
    async fn learn(&mut self, open: &BTreeSet<String>) {
        let [granted, back] = ["granted", "refunded"]
            .map(|state| format!("SELECT id FROM charge WHERE state = '{state}'"));
        let all: BTreeSet<String> = self
            .names("SELECT id FROM charge")
            .await
            .into_iter()
            .collect();
        let granted: BTreeSet<String> = self.names(&granted).await.into_iter().collect();
        let back: BTreeSet<String> = self.names(&back).await.into_iter().collect();
        let rows: Vec<(String, Direction)> = self
            .telegram
            .rows
            .iter()
            .filter(|row| row.charge().is_some())
            .map(|row| (row.id.clone(), row.direction))
            .collect();
        for (id, direction) in rows {
            let known = self.model.charges.contains_key(&id);
            match direction {
                Direction::In if !known && all.contains(&id) => {
                    self.tally.note("charge known from the ledger alone");
                    if back.contains(&id) {
                        self.came_back(&id);
                    } else {
                        // The ledger says neither until when nor whether it is the first.
                        let mut payment = self.telegram.charges[&id].payment.clone();
                        payment.recurring = payment.recurring.map(|_| Recurring::default());
                        let had_place = open.contains(&payment.payload);
                        self.came(&payment, granted.contains(&id), had_place);
                    }
                }
                Direction::Out if back.contains(&id) => self.came_back(&id),
                _ => {}
            }
        }
    }

    /// The first column of what a query finds.
    pub(super) async fn names(&self, query: &str) -> Vec<String> {
        let query = sqlx::query(sqlx::AssertSqlSafe(query.to_owned()));
        let rows = query.fetch_all(&self.t.raw).await.unwrap();
        rows.iter().map(|row| row.get::<String, _>(0)).collect()
    }

    /// The worker ends what is over, and reminds.
    pub(super) async fn turn(&mut self) {
        while self.shop.turn_subscriptions(self.now).await.unwrap() > 0 {}
        for _ in 0..self.model.turn(self.now) {
            self.tally.note("subscription lapsed");
        }
    }

    /// The worker does what is owed, until nothing is due.
    pub(super) async fn work(&mut self, faults: bool) {
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
                let ended = self.shop.end_effect(item.lease, outcome, self.now);
                ended.await.unwrap();
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
            Effect::Refund { charge, .. } => self.refund(charge, faults).await,
            Effect::SwitchRenewal {
                charge,
                buyer,
                order,
            } => {
                self.switch(charge, *buyer, *order).await;
                !(faults && self.dice.roll(4) == 0)
            }
            Effect::Tell { .. } | Effect::Warn { .. } => true,
        }
    }

    /// As the worker does it: Telegram is asked about what may have begun the subscription. One of
    /// them has, as soon as the ledger was read.
    async fn switch(&mut self, charge: &ChargeId, buyer: UserId, order: Option<OrderId>) {
        let switch = self.shop.switch(charge, buyer, order).await.unwrap();
        let several = switch.charges.len() > 1;
        self.tally.note_if(
            "stop asked about several charges",
            several && switch.stopped,
        );
        if self.tell_switch(&switch, buyer) {
            return;
        }
        self.tally.note("stop of what Telegram did not know yet");
        self.look(false).await;
        let switch = self.shop.switch(charge, buyer, order).await.unwrap();
        let known = self.tell_switch(&switch, buyer);
        assert!(
            known || switch.may_go_on,
            "{charge} of {order:?}: {switch:?}"
        );
    }

    /// Whether Telegram knows a subscription by any of the charges.
    fn tell_switch(&mut self, switch: &Switch, buyer: UserId) -> bool {
        let mut known = false;
        for charge in &switch.charges {
            known |= self
                .telegram
                .shop_switches(charge.as_str(), buyer, switch.stopped);
            if known && !switch.stopped {
                break;
            }
        }
        known
    }

    async fn refund(&mut self, charge: &ChargeId, faults: bool) -> bool {
        let fate = self.fate();
        match self.telegram.refund(charge.as_str(), fate, self.now) {
            Answer::BalanceTooLow => {
                self.tally.note("balance too low for a refund");
                self.shop.warn_of_low_balance(self.now).await.unwrap();
                return false;
            }
            // The call went through, and nobody heard the answer.
            Answer::Done if faults && self.dice.roll(3) == 0 => {
                self.tally.note("refund answered by nobody");
                return false;
            }
            Answer::Done => {}
            Answer::AlreadyRefunded => {
                self.look(false).await;
                assert!(self.shop.telegram_gave_back(charge).await.unwrap());
            }
        }
        let booked = self.shop.refund_carried_out(charge, self.now);
        booked.await.unwrap();
        self.came_back(charge.as_str());
        true
    }
}

/// Reads Telegram's ledger in small pages, works the rows, compares.
async fn look(shop: &Shop, telegram: &Telegram, now: UnixSeconds) {
    for place in shop.unfinished_star_rows(0).await.unwrap() {
        let row = &telegram.rows[usize::try_from(place).unwrap()];
        let row = std::slice::from_ref(row);
        shop.keep_star_rows(place, row, now).await.unwrap();
    }
    let mut offset = shop
        .star_rows_read(BOT, now)
        .await
        .unwrap()
        .saturating_sub(3);
    loop {
        let from = usize::try_from(offset).unwrap();
        let page: Vec<StarRow> = telegram.rows.iter().skip(from).take(20).cloned().collect();
        shop.keep_star_rows(offset, &page, now).await.unwrap();
        offset += page.len() as u64;
        if page.len() < 20 {
            break;
        }
    }
    while !shop.work_star_rows(now).await.unwrap().is_empty() {}
    let (balance, rows) = (telegram.balance(), telegram.rows.len() as u64);
    let has = TelegramBalance { balance, rows };
    shop.compare(Some(has), now).await.unwrap();
}
