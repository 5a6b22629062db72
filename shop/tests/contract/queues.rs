//! Inbox and outbox: a queue is in one hand, and a lease that was lost ends nothing.

use shop::{Lease, Outcome, Shop, domain::*, limits};

use crate::{
    contention::at_once,
    support::{NOW, TestShop, after, each_database},
};

/// Queues whose rows are taken at once.
const QUEUES: i64 = 8;

fn update(id: i64, chat: i64) -> String {
    format!(r#"{{"update_id":{id},"message":{{"chat":{{"id":{chat}}}}}}}"#)
}

fn again() -> Outcome {
    let why = "busy".to_owned();
    Outcome::Again { at: NOW, why }
}

/// Owes an effect of a queue, as urgent as said, that is due so many seconds after the beginning.
async fn owe(t: &TestShop, queue: &str, name: &str, urgency: Urgency, due: i64) {
    let (urgency, due) = (urgency as i64, after(due).0);
    let body = r#"{"kind":"deliver","entitlement":"00000000000000000000000000000001"}"#;
    t.run(&format!(
        "INSERT INTO outbox (id, queue, fact, body, state, due_at, created_at, urgency)
         VALUES (lower('{name}'), '{queue}', '{name}', '{body}', 'waiting', {due}, 0, {urgency})"
    ))
    .await;
}

/// A row's name: its place in the order of rows.
fn row(number: i64) -> String {
    format!("{number:032x}")
}

/// Queues of a table that more than one worker has in hand.
async fn in_two_hands(t: &TestShop, table: &str) -> i64 {
    t.count(&format!(
        "SELECT COUNT(*) FROM (SELECT queue FROM {table} WHERE leased_until > 0
                               GROUP BY queue HAVING COUNT(*) > 1) AS q"
    ))
    .await
}

async fn lease_update(shop: &Shop, now: UnixSeconds) -> Option<Lease> {
    let leased = shop.lease_updates(now, 1).await.unwrap();
    leased.first().map(|item| item.lease)
}

async fn lease_effect(shop: &Shop, now: UnixSeconds) -> Option<Lease> {
    let leased = shop.lease_effects(now, 1).await.unwrap();
    leased.first().map(|item| item.lease)
}

each_database! {
    /// Telegram tells the earlier of two updates last, while the other is being worked.
    async fn an_earlier_update_waits_for_the_one_in_hand(t: TestShop) {
        t.shop.receive(101, &update(101, 5), NOW).await.unwrap();
        let in_hand = lease_update(&t.shop, NOW).await.unwrap();
        t.shop.receive(100, &update(100, 5), NOW).await.unwrap();
        assert_eq!(lease_update(&t.shop, NOW).await, None);
        assert!(t.shop.end_update(in_hand, Outcome::Done, NOW).await.unwrap());
        assert!(lease_update(&t.shop, NOW).await.is_some());
    }

    /// Workers of several processes look while updates come, each before the last.
    async fn a_chat_is_in_one_hand(t: TestShop) {
        at_once(&t, 12, async |shop, n| {
            for id in (n * 10..n * 10 + 10).rev() {
                let id = 1_000 - id;
                shop.receive(id, &update(id, id % QUEUES), NOW).await.unwrap();
                shop.lease_updates(NOW, 100).await.unwrap();
            }
        })
        .await;
        assert_eq!(in_two_hands(&t, "inbox").await, 0);
        assert_eq!(t.count("SELECT COUNT(*) FROM inbox WHERE leased_until > 0").await, QUEUES);
    }

    /// Workers of several processes look in the moment in which a more urgent row of each queue
    /// becomes due.
    async fn a_queue_of_effects_is_in_one_hand(t: TestShop) {
        for queue in 0..QUEUES {
            let name = format!("renewal:{queue}");
            owe(&t, &name, &row(queue), Urgency::Words, 0).await;
            owe(&t, &name, &row(queue + QUEUES), Urgency::Goods, 1).await;
            owe(&t, &name, &row(queue + 2 * QUEUES), Urgency::Money, 2).await;
        }
        for _ in 0..20 {
            let leased = at_once(&t, 9, async |shop, n| {
                shop.lease_effects(after(n % 3), 100).await.unwrap().len()
            })
            .await;
            assert_eq!(in_two_hands(&t, "outbox").await, 0);
            assert_eq!(i64::try_from(leased.iter().sum::<usize>()), Ok(QUEUES));
            t.run("UPDATE outbox SET leased_until = 0").await;
        }
    }

    /// A worker that hung comes back when another has its row.
    async fn a_lost_lease_ends_no_update(t: TestShop) {
        t.shop.receive(1, &update(1, 5), NOW).await.unwrap();
        t.shop.receive(2, &update(2, 5), NOW).await.unwrap();
        let lost = lease_update(&t.shop, NOW).await.unwrap();
        let late = after(limits::INBOX_LEASE_SECONDS);
        let held = lease_update(&t.shop, late).await.unwrap();
        for outcome in [Outcome::Done, again(), Outcome::Later { at: NOW }] {
            assert!(!t.shop.end_update(lost, outcome, late).await.unwrap());
            assert_eq!(lease_update(&t.shop, late).await, None, "its queue is in hand");
        }
        assert!(t.shop.end_update(held, Outcome::Done, late).await.unwrap());
        assert!(lease_update(&t.shop, late).await.is_some());
    }

    async fn a_lost_lease_ends_no_effect(t: TestShop) {
        owe(&t, "chat:5", &row(1), Urgency::Goods, 0).await;
        owe(&t, "chat:5", &row(2), Urgency::Goods, 0).await;
        let lost = lease_effect(&t.shop, NOW).await.unwrap();
        let late = after(limits::OUTBOX_LEASE_SECONDS);
        let held = lease_effect(&t.shop, late).await.unwrap();
        let dead = Outcome::Dead { why: "no".to_owned() };
        for outcome in [Outcome::Done, again(), dead, Outcome::Later { at: NOW }] {
            assert!(!t.shop.end_effect(lost, outcome, late).await.unwrap());
            assert_eq!(lease_effect(&t.shop, late).await, None, "its queue is in hand");
        }
        assert!(t.shop.end_effect(held, Outcome::Done, late).await.unwrap());
        assert!(lease_effect(&t.shop, late).await.is_some());
    }

    /// A lease that ran out while nobody else came is as good as before.
    async fn a_late_end_is_an_end(t: TestShop) {
        owe(&t, "chat:5", &row(1), Urgency::Goods, 0).await;
        let lease = lease_effect(&t.shop, NOW).await.unwrap();
        let late = after(2 * limits::OUTBOX_LEASE_SECONDS);
        assert!(t.shop.end_effect(lease, Outcome::Done, late).await.unwrap());
        assert_eq!(lease_effect(&t.shop, late).await, None);
    }

    /// What Telegram asked to wait for was not tried, and is no less urgent.
    async fn a_wait_is_no_try(t: TestShop) {
        owe(&t, "refund:1", &row(1), Urgency::Money, 0).await;
        t.shop.receive(1, &update(1, 5), NOW).await.unwrap();
        let later = Outcome::Later { at: after(5) };
        let effect = lease_effect(&t.shop, NOW).await.unwrap();
        t.shop.end_effect(effect, later.clone(), NOW).await.unwrap();
        let told = lease_update(&t.shop, NOW).await.unwrap();
        t.shop.end_update(told, later, NOW).await.unwrap();
        assert_eq!(lease_effect(&t.shop, after(4)).await, None);
        assert_eq!(lease_update(&t.shop, after(4)).await, None);
        assert_eq!(t.count("SELECT urgency FROM outbox").await, Urgency::Money as i64);
        assert_eq!(t.shop.lease_effects(after(5), 1).await.unwrap()[0].tries, 0);
        assert_eq!(t.shop.lease_updates(after(5), 1).await.unwrap()[0].tries, 0);
        assert_eq!(t.shop.troubled().await.unwrap(), Troubles::default());
    }
}
