//! The steps that are made to fail, each told as often as needed, with names of its own.

use shop::domain::*;

use crate::{
    subscriptions::{MONTH, begun, join, paid},
    support::{ManifestContent, NOW, TestShop, payment, query, refund, sample, wish},
};

/// A step, and what must have happened before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Story {
    Open,
    Precheck,
    Settle,
    SettleLate,
    GiveBack,
    Expire,
    QueueRefund,
    BookRefund,
    BookUnknownRefund,
    MarkSent,
    SendAgain,
    Receive,
    Import,
    KeepRows,
    MatchUp,
    Puzzle,
    Withdraw,
    Compare,
    Accept,
    Warn,
    ChangePlan,
    ComeBack,
    TakeCredit,
    PayTwice,
    WorkPaid,
    WorkBack,
}

/// Steps of one transaction.
pub(super) const STORIES: [Story; 24] = [
    Story::Open,
    Story::Precheck,
    Story::Settle,
    Story::SettleLate,
    Story::GiveBack,
    Story::Expire,
    Story::QueueRefund,
    Story::BookRefund,
    Story::BookUnknownRefund,
    Story::MarkSent,
    Story::SendAgain,
    Story::Receive,
    Story::Import,
    Story::KeepRows,
    Story::MatchUp,
    Story::Puzzle,
    Story::Withdraw,
    Story::Compare,
    Story::Accept,
    Story::Warn,
    Story::ChangePlan,
    Story::ComeBack,
    Story::TakeCredit,
    Story::PayTwice,
];

impl Story {
    /// Whether it is about rights for a time.
    pub(super) fn is_for_a_time(self) -> bool {
        matches!(
            self,
            Self::ChangePlan | Self::ComeBack | Self::TakeCredit | Self::PayTwice
        )
    }
}

/// One telling of a story, with names of its own.
pub(super) struct Telling {
    story: Story,
    number: i64,
    order: Option<Order>,
    goods: Vec<Goods>,
}

/// Long after every order has expired.
pub(super) const LATE: UnixSeconds = UnixSeconds(NOW.0 + 100_000);

/// Long after a month of the club was over.
const AGAIN: UnixSeconds = UnixSeconds(NOW.0 + 2 * MONTH);

impl Telling {
    /// Makes what the story needs.
    pub(super) async fn prepare(t: &TestShop, story: Story, number: i64) -> Self {
        let (buyer, charge) = (number + 1, format!("c{number}"));
        let mut telling = Self {
            story,
            number,
            order: None,
            goods: Vec::new(),
        };
        match story {
            Story::Precheck | Story::Settle | Story::GiveBack | Story::Expire => {
                telling.order = Some(t.open_order(buyer, "key").await);
            }
            Story::SettleLate => {
                telling.order = Some(t.open_order(buyer, "key").await);
                assert!(t.shop.expire_orders(LATE).await.unwrap() > 0);
            }
            Story::QueueRefund | Story::BookRefund | Story::MarkSent | Story::SendAgain => {
                let order = t.buy(buyer, "key", &charge).await;
                telling.goods = t
                    .shop
                    .order(order.id, order.buyer)
                    .await
                    .unwrap()
                    .unwrap()
                    .goods;
                telling.order = Some(order);
                if story == Story::SendAgain {
                    // What the purchase owed is done, so that a new row is written.
                    t.run("UPDATE outbox SET state = 'done', ended_at = 0")
                        .await;
                }
            }
            Story::MatchUp | Story::Puzzle | Story::Compare | Story::WorkBack => {
                telling.order = Some(t.buy(buyer, "book", &charge).await);
                telling.read_row(t).await;
            }
            Story::Accept => {
                telling.order = Some(t.buy(buyer, "book", &charge).await);
                t.shop.compare(None, LATE).await.unwrap();
            }
            Story::WorkPaid => {
                telling.order = Some(t.open_order(buyer, "book").await);
                telling.read_row(t).await;
            }
            Story::Withdraw => telling.read_row(t).await,
            Story::ChangePlan | Story::ComeBack | Story::TakeCredit | Story::PayTwice => {
                telling.order = Some(telling.subscribe(t).await);
            }
            Story::Open
            | Story::BookUnknownRefund
            | Story::Receive
            | Story::Import
            | Story::KeepRows
            | Story::Warn => {}
        }
        telling
    }

    /// A month of the club, and what the story needs to follow it. Gives the order that it is about.
    async fn subscribe(&self, t: &TestShop) -> Order {
        let (buyer, charge) = (self.number + 1, format!("c{}", self.number));
        let month = join(t, buyer, "month", &format!("{charge}-first"), NOW).await;
        match self.story {
            Story::ChangePlan => {
                let wish = NewOrder {
                    offer: "week".parse().unwrap(),
                    seen_price: Stars(20),
                    ..wish(buyer, "club")
                };
                return t.shop.open_order(&wish, NOW).await.unwrap();
            }
            Story::ComeBack => while t.shop.turn_subscriptions(AGAIN).await.unwrap() > 0 {},
            Story::TakeCredit => {
                join(t, buyer, "week", &format!("{charge}-second"), NOW).await;
                join(t, buyer, "week", &format!("{charge}-third"), NOW).await;
            }
            _ => {}
        }
        month
    }

    /// What becomes of a subscription.
    async fn act_on_subscription(&self, t: &TestShop) -> Result<String, String> {
        let (charge, order, shop) = (format!("c{}", self.number), self.order(), &t.shop);
        match self.story {
            Story::ChangePlan => said(shop.settle(&paid(order, &charge, NOW), NOW).await),
            Story::ComeBack => said(shop.settle(&begun(order, &charge, AGAIN), AGAIN).await),
            Story::PayTwice => said(shop.settle(&begun(order, &charge, NOW), NOW).await),
            _ => {
                let refund = refund(order, &format!("{charge}-first"));
                said(shop.book_refund(&refund, NOW).await)
            }
        }
    }

    fn order(&self) -> &Order {
        self.order.as_ref().unwrap()
    }

    /// The row of Telegram's ledger that the story is about, stored and not yet worked.
    async fn read_row(&self, t: &TestShop) {
        if self.story != Story::Compare {
            let row = self.row();
            t.shop
                .keep_star_rows(self.place(), &[row], NOW)
                .await
                .unwrap();
        }
    }

    /// A day of its own: owners are warned once a day.
    fn day(&self) -> UnixSeconds {
        NOW.plus(self.number * shop::limits::WARNING_SECONDS)
    }

    fn place(&self) -> u64 {
        u64::try_from(self.number).unwrap()
    }

    fn row(&self) -> StarRow {
        let stars = |stars| Amount::whole(Stars(stars));
        let (amount, commission) = match self.story {
            // An affiliate got 5 of the 50.
            Story::MatchUp => (stars(45), Some(stars(5))),
            Story::Puzzle => (stars(49), None),
            _ => (stars(50), None),
        };
        let state = WithdrawalState::Pending;
        let (direction, kind) = match (self.story, &self.order) {
            (Story::WorkBack, Some(order)) => (Direction::Out, sale(order, commission)),
            (_, Some(order)) => (Direction::In, sale(order, commission)),
            (_, None) => (Direction::Out, StarRowKind::Withdrawal { state }),
        };
        StarRow {
            id: format!("c{}", self.number),
            direction,
            amount,
            at: NOW,
            kind,
            raw: serde_json::json!({"n": self.number}),
        }
    }

    /// Looks at Telegram's ledger, or at what differs from it.
    async fn act_on_ledger(&self, t: &TestShop) -> Result<String, String> {
        let shop = &t.shop;
        match self.story {
            Story::KeepRows => said(shop.keep_star_rows(self.place(), &[self.row()], NOW).await),
            Story::Compare => said(shop.compare(None, LATE).await),
            Story::Accept => {
                let open = shop.differences().await.unwrap();
                let Some(last) = open.last() else {
                    return Ok("accepted before".to_owned());
                };
                said(shop.accept_difference(last.id, NOW).await)
            }
            Story::Warn => said(shop.warn_of_low_balance(self.day()).await),
            _ => said(shop.work_star_rows(self.day()).await),
        }
    }

    /// Takes the step. The text tells its end.
    pub(super) async fn act(&self, t: &TestShop) -> Result<String, String> {
        let (number, charge) = (self.number, format!("c{}", self.number));
        let shop = &t.shop;
        let end = match self.story {
            Story::Open => shop
                .open_order(&wish(number + 1, "key"), NOW)
                .await
                .map(|o| format!("{:?}", o.state))
                .map_err(|e| e.to_string()),
            Story::Precheck => said(shop.precheck(&query(self.order()), NOW).await),
            Story::Settle => said(shop.settle(&payment(self.order(), &charge), NOW).await),
            Story::SettleLate => said(shop.settle(&payment(self.order(), &charge), LATE).await),
            Story::GiveBack => {
                let wrong = Payment {
                    amount: 1,
                    ..payment(self.order(), &charge)
                };
                said(shop.settle(&wrong, NOW).await)
            }
            Story::Expire => said(shop.expire_orders(LATE).await),
            Story::QueueRefund => said(shop.queue_refund(self.order().id, NOW).await),
            Story::BookRefund => said(shop.book_refund(&refund(self.order(), &charge), NOW).await),
            Story::BookUnknownRefund => {
                let (charge, buyer) = (charge.parse().unwrap(), UserId(number));
                said(
                    shop.book_refund(
                        &Refund {
                            charge,
                            buyer,
                            amount: Stars(9),
                        },
                        NOW,
                    )
                    .await,
                )
            }
            Story::MarkSent => said(shop.mark_sent(self.goods[0].entitlement, None, NOW).await),
            Story::SendAgain => {
                let (right, buyer) = (self.goods[0].entitlement, self.order().buyer);
                said(shop.send_again(right, buyer, NOW).await)
            }
            Story::Receive => said(
                shop.receive(number, &format!("{{\"n\":{number}}}"), NOW)
                    .await,
            ),
            Story::Import => {
                let mut manifest = many_codes();
                manifest.products[0].text.title = Some(format!("Title {number}"));
                manifest.products[0].texts.clear();
                said(shop.set_manifest(&manifest).await)
            }
            story if story.is_for_a_time() => self.act_on_subscription(t).await,
            _ => self.act_on_ledger(t).await,
        };
        end.map(|end| format!("{:?}: {end}", self.story))
    }
}

fn said<T: std::fmt::Debug>(result: Result<T, shop::store::StoreError>) -> Result<String, String> {
    result
        .map(|end| format!("{end:?}"))
        .map_err(|error| error.to_string())
}

fn sale(order: &Order, commission: Option<Amount>) -> StarRowKind {
    StarRowKind::Sale {
        buyer: order.buyer,
        payload: order.id.to_string(),
        commission,
        recurring: false,
    }
}

/// The sample with enough codes and places for every telling.
pub(super) fn many_codes() -> Manifest {
    let mut manifest = sample();
    let codes = (0..50).map(|n| format!("CODE-{n:04}")).collect();
    manifest.products[2].benefits[0].content = ManifestContent::Codes(codes);
    manifest.products[4].stock = Some(10_000);
    manifest
}
