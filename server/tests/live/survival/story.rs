//! Sales, refunds and a month of a subscription, told once with a process that is to die at one
//! place. The shop goes by the sandbox's clock, so that the month passes at once.

use std::{
    sync::Arc,
    time::{Duration, UNIX_EPOCH},
};

use shop::domain::{NewOrder, Stars, UnixSeconds, UserId};

use super::{
    customer::{CLUB, Customer, GUIDE_FOR_LESS, SET},
    keeper::{Keeper, Life},
    world::{Engine, World},
};
use crate::support::{Settings, answers, patiently};

/// The file that a process writes its places to.
const PLACES: &str = "places";

/// Longer than an order keeps its hold, in seconds.
const LONG_AGO: i64 = 24 * 3600;

/// Longer than a period that a member has paid for, in seconds.
const MONTH: u64 = 30 * 24 * 3600 + 60;

/// As long as Telegram waits at most before it tries a webhook again, in seconds.
const WEBHOOK_RESEND: u64 = 121;

/// What a telling needs.
pub struct Story {
    world: Arc<World>,
    /// Where the process dies; without it, it lives.
    place: Option<String>,
}

impl Story {
    /// For an empty world; nothing where the database is not to be had.
    pub async fn begin(engine: Engine, updates: &str, place: Option<&str>) -> Option<Self> {
        let mut world = World::make(engine, updates).await?;
        world.settings = world.settings.with("STARFRONT_CLOCK", "sandbox");
        Some(Self {
            world: Arc::new(world),
            place: place.map(str::to_owned),
        })
    }

    /// Tells it to its end and checks the books. Gives the places that were reached, and whether a
    /// process died.
    pub async fn tell(self) -> (Vec<String>, bool) {
        let world = &self.world;
        let mut died = self
            .command(&["catalog", "import", "catalogue/shop.toml"])
            .await;
        self.forget_an_order().await;
        let keeper = Keeper::start(world, self.armed(), || Life::Whole);
        let sales = async {
            let joined = tokio::join!(self.pays_twice(), self.buys_a_set(), self.joins());
            (joined.1, joined.2)
        };
        let (order, member) = self.while_updates_come(&keeper, sales).await;
        died |= self.command(&["order", "refund", &order]).await;
        self.while_updates_come(&keeper, self.stays_a_month(&member))
            .await;
        let rest = patiently("the rest", || async {
            world.is_at_rest().await.then_some(())
        });
        self.while_updates_come(&keeper, rest).await;
        died |= keeper.deaths() > 0;
        keeper.stop().await;
        let (granted, back) = world.check_books().await;
        assert!(
            granted == 2 && back >= 2,
            "{granted} kept, {back} went back"
        );
        let expired = "SELECT COUNT(*) FROM orders WHERE state = 'expired'";
        assert_eq!(
            world.count(expired).await,
            1,
            "nobody paid the forgotten order"
        );
        let places = std::fs::read_to_string(world.folder.join(PLACES)).unwrap_or_default();
        if let Ok(world) = Arc::try_unwrap(self.world) {
            world.end().await;
        }
        (places.lines().map(str::to_owned).collect(), died)
    }

    /// The settings of a process that tells its places, or dies at one.
    fn armed(&self) -> Settings {
        let settings = self.world.settings.clone();
        match &self.place {
            Some(place) => settings.with("STARFRONT_TEST_CRASH_AT", place),
            None => {
                let places = self.world.folder.join(PLACES).display().to_string();
                settings.with("STARFRONT_TEST_CRASH_POINTS", &places)
            }
        }
    }

    /// Runs a command, once more if it dies. Whether it died.
    async fn command(&self, arguments: &[&str]) -> bool {
        let folder = self.world.folder.path();
        let first = self
            .armed()
            .command(folder, arguments)
            .output()
            .await
            .unwrap();
        if first.status.success() {
            return false;
        }
        assert_eq!(first.status.code(), None, "killed: {first:?}");
        let again = self.world.settings.command(folder, arguments);
        let mut again = again;
        let again = again.output().await.unwrap();
        // What it was to do may have been done before it died.
        let told = String::from_utf8_lossy(&again.stderr);
        assert!(again.status.success() || told.contains("already"), "{told}");
        true
    }

    /// Somebody who opened an order long ago and never paid.
    async fn forget_an_order(&self) {
        let shop = self.world.shop().await;
        let wish = NewOrder {
            buyer: UserId(7),
            product: "guide".parse().unwrap(),
            offer: "default".parse().unwrap(),
            seen_price: Stars(40),
            promo: None,
            language: "en".to_owned(),
        };
        let now = UNIX_EPOCH.elapsed().unwrap().as_secs();
        let then = UnixSeconds(i64::try_from(now).unwrap() - LONG_AGO);
        shop.open_order(&wish, then).await.unwrap();
        shop.close().await;
    }

    /// Pays the same invoice twice before the shop knows of it, so that one charge goes back; then
    /// the store takes back the other.
    async fn pays_twice(&self) {
        let world = &self.world;
        let buyer = Customer::arrive(world, 500).await;
        let (order, link) = buyer.buy(GUIDE_FOR_LESS, "lost_update").await;
        // Refused where the shop has found the first in the ledger already.
        let _ = buyer.pay(&link, "double_update").await;
        self.until(&order, "delivered").await;
        const GRANTED: &str = "SELECT id, order_id FROM charge WHERE state = 'granted'";
        let granted = world.rows(GRANTED).await;
        let kept = granted.iter().find(|row| row[1] == order).unwrap();
        world.sandbox.charge_back(&kept[0]).await;
        self.until(&order, "refunded").await;
    }

    /// Buys three things at once: a code, a text, a link.
    async fn buys_a_set(&self) -> String {
        let buyer = Customer::arrive(&self.world, 500).await;
        let (order, _) = buyer.buy(SET, "normal").await;
        self.until(&order, "delivered").await;
        order
    }

    /// Subscribes to the club.
    async fn joins(&self) -> String {
        let member = Customer::arrive(&self.world, 500).await;
        let (order, _) = member.buy(CLUB, "normal").await;
        self.until(&order, "delivered").await;
        order
    }

    /// Is charged for a second month, and stops the renewal in Telegram.
    async fn stays_a_month(&self, order: &str) {
        let world = &self.world;
        let paid = || async {
            let paid = "SELECT id, order_id FROM charge WHERE state = 'granted' ORDER BY paid_at";
            let paid = world.rows(paid).await.into_iter();
            paid.filter(|row| row[1] == order).collect::<Vec<_>>()
        };
        let first = paid().await.remove(0).remove(0);
        world.sandbox.advance(MONTH).await;
        patiently("the second month", || async {
            (paid().await.len() == 2).then_some(())
        })
        .await;
        world.sandbox.decide(&first, "cancel").await;
        patiently("the stop", || async {
            let stops = "SELECT COUNT(*) FROM subscription WHERE stopped_by = 'telegram'";
            (world.count(stops).await == 1).then_some(())
        })
        .await;
    }

    async fn until(&self, order: &str, state: &'static str) {
        patiently(state, || async {
            let rows = self.world.rows("SELECT id, state FROM orders").await;
            let mut rows = rows.iter();
            rows.any(|row| row[0] == order && row[1] == state)
                .then_some(())
        })
        .await;
    }

    /// Does something; after a death, time passes until Telegram tries its webhook again.
    async fn while_updates_come<T>(&self, keeper: &Keeper, act: impl Future<Output = T>) -> T {
        let again = async {
            let mut seen = keeper.deaths();
            loop {
                tokio::time::sleep(Duration::from_millis(100)).await;
                let deaths = keeper.deaths();
                if deaths > seen {
                    let alive = self.world.url("/healthz");
                    answers(&self.world.http, alive).await;
                    self.world.sandbox.advance(WEBHOOK_RESEND).await;
                    seen = deaths;
                }
            }
        };
        tokio::select! {
            done = act => done,
            () = again => unreachable!("it waits for ever"),
        }
    }
}
