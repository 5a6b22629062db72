use std::{
    path::PathBuf,
    sync::{Mutex as StdMutex, atomic::AtomicBool},
};

use axum::{
    Json, Router,
    extract::{Path, State},
    routing::post,
};
use serde_json::{Value, json};
use shop::domain::{DifferenceCode, HeardBy, Payment, UserId};
use telegram::BotToken;

use super::*;

/// A Telegram that has nothing but a ledger, and remembers which rows it was asked for.
#[derive(Clone, Default)]
struct Ledger {
    rows: Arc<Vec<Value>>,
    asked: Arc<StdMutex<Vec<(usize, usize)>>>,
    /// It does not tell the balance.
    hides_balance: Arc<AtomicBool>,
}

async fn answer(
    State(ledger): State<Ledger>,
    Path((_, method)): Path<(String, String)>,
    Json(call): Json<Value>,
) -> Json<Value> {
    let number = |name: &str| usize::try_from(call[name].as_u64().unwrap_or_default()).unwrap();
    let (offset, limit) = (number("offset"), number("limit"));
    let result = match method.as_str() {
        "getStarTransactions" => {
            ledger.asked.lock().unwrap().push((offset, limit));
            let page = ledger.rows.iter().skip(offset).take(limit);
            json!({"transactions": page.collect::<Vec<_>>()})
        }
        "getMyStarBalance" if ledger.hides_balance.load(Ordering::Relaxed) => {
            return Json(json!({"ok": false, "error_code": 502}));
        }
        _ => json!({"amount": 0}),
    };
    Json(json!({"ok": true, "result": result}))
}

/// A reconciler, and the folder of its shop, which is gone after the test.
struct Bench {
    reconciler: Reconciler,
    ledger: Ledger,
    folder: PathBuf,
}

impl Bench {
    async fn new(rows: Vec<Value>) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let rows = Arc::new(rows);
        let ledger = Ledger {
            rows,
            ..Ledger::default()
        };
        let service = Router::new().route("/{bot}/{method}", post(answer));
        let service = service.with_state(ledger.clone());
        tokio::spawn(async move { axum::serve(listener, service).await });
        let name = format!("starfront-reconcile-{}", uuid::Uuid::new_v4());
        let folder = std::env::temp_dir().join(name);
        let database = format!("sqlite:{}", folder.join("shop.db").display());
        let shop = Shop::open(&database, &folder).await.unwrap();
        let client = Client::new(&base, BotToken::parse("42:RECONCILE").unwrap()).unwrap();
        Self {
            reconciler: Reconciler::new(shop, client, Arc::new(Pace::new(1))),
            ledger,
            folder,
        }
    }

    /// Books a payment of an hour ago that Telegram's ledger lacks.
    async fn books_a_charge(&self) {
        let long_ago = now().plus(-3_600);
        let payment = Payment {
            charge: "c1".parse().unwrap(),
            buyer: UserId(7),
            payload: "no order".to_owned(),
            currency: "XTR".to_owned(),
            amount: 40,
            paid_at: long_ago,
            recurring: None,
            heard_by: HeardBy::Update,
        };
        let settled = self.reconciler.shop.settle(&payment, long_ago).await;
        settled.unwrap();
    }

    /// Whether our books are said to hold a charge that Telegram's ledger lacks.
    async fn misses_a_charge(&self) -> bool {
        let open = self.reconciler.shop.differences().await.unwrap();
        let code = DifferenceCode::ChargeNotInTelegram;
        open.iter()
            .any(|difference| difference.finding.code == code)
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

#[tokio::test]
async fn what_was_not_read_yet_is_no_alarm() {
    let foreign = |n| {
        json!({"id": format!("f{n}"), "amount": 1, "date": 9,
               "source": {"type": "fragment"}})
    };
    // One row more than two pages.
    let mut bench = Bench::new((0..=200).map(foreign).collect()).await;
    bench.reconciler.pages = 2;
    bench.books_a_charge().await;
    let looked = bench.reconciler.looked();
    bench.reconciler.look().await.unwrap();
    assert!(!bench.misses_a_charge().await, "before its end was read");
    assert!(!looked.is_cancelled(), "more was missed, maybe");
    bench.reconciler.look().await.unwrap();
    assert!(bench.misses_a_charge().await, "after its end was read");
    assert!(looked.is_cancelled(), "what was missed is known");
}

/// The balance is one thing to compare, the charges are another.
#[tokio::test]
async fn charges_are_compared_though_the_balance_is_not_told() {
    let bench = Bench::new(Vec::new()).await;
    bench.ledger.hides_balance.store(true, Ordering::Relaxed);
    bench.books_a_charge().await;
    let untold = bench.reconciler.look().await.unwrap().trouble;
    assert!(
        matches!(untold, Some(ReconcileError::Telegram(_))),
        "{untold:?}"
    );
    assert!(bench.misses_a_charge().await);
    assert!(bench.reconciler.looked().is_cancelled());
}

#[tokio::test]
async fn an_effect_waits_for_no_other_look() {
    let bench = Bench::new(Vec::new()).await;
    let looking = bench.reconciler.looking.lock().await;
    let quick = timeout(Duration::from_secs(20), bench.reconciler.look_quickly());
    let refused = quick.await.unwrap().unwrap_err();
    assert_eq!(refused.code(), "under_way");
    drop(looking);
    bench.reconciler.look_quickly().await.unwrap();
}

#[tokio::test]
async fn withdrawals_take_turns() {
    let pending = |n| {
        let partner = json!({"type": "fragment", "withdrawal_state": {"type": "pending"}});
        json!({"id": format!("w{n}"), "amount": 1, "date": 9, "receiver": partner})
    };
    let most = usize::try_from(WITHDRAWALS_MOST).unwrap();
    let bench = Bench::new((0..=most).map(pending).collect()).await;
    bench.reconciler.look().await.unwrap();
    let seen = |place: usize| bench.ledger.asked.lock().unwrap().contains(&(place, 1));
    assert!(!seen(0), "the first look has found them");
    bench.reconciler.look().await.unwrap();
    assert!(seen(0) && !seen(most), "the second goes through some");
    bench.reconciler.look().await.unwrap();
    assert!(seen(most), "the third through the rest");
    bench.ledger.asked.lock().unwrap().clear();
    bench.reconciler.look().await.unwrap();
    assert!(seen(0), "and then from the beginning again");
}
