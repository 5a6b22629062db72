//! Two processes on one database, behind one address. One is killed while buyers buy, and nobody
//! starts it again.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use axum::{
    Router,
    body::{Bytes, to_bytes},
    extract::{Request, State},
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Response},
};
use serde_json::json;
use tokio::task::JoinSet;

use super::{
    customer::{CLUB, Customer, GUIDE, SET},
    kills::open_shop,
    world::{Engine, World},
};
use crate::support::{Process, Settings, answers, patiently};

/// Who buys. Half of them have paid when a process dies.
const BUYERS: usize = 12;

/// Sends each request to the next of two servers, and to the other where no answer comes.
struct Door {
    servers: [String; 2],
    passed: AtomicUsize,
    http: reqwest::Client,
}

impl Door {
    /// Opens it; gives its address.
    async fn open(servers: [String; 2], http: reqwest::Client) -> String {
        let door = Arc::new(Self {
            servers,
            passed: AtomicUsize::new(0),
            http,
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let service = Router::new().fallback(pass).with_state(door);
        tokio::spawn(async move { axum::serve(listener, service).await });
        address
    }

    async fn ask(&self, server: &str, parts: &Parts, body: Bytes) -> reqwest::Result<Response> {
        let url = format!("{server}{}", parts.uri.path());
        let request = self.http.request(parts.method.clone(), url);
        let request = request.headers(parts.headers.clone()).body(body);
        let answer = request.send().await?;
        let status = answer.status();
        Ok((status, answer.bytes().await?).into_response())
    }
}

async fn pass(State(door): State<Arc<Door>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, 1 << 20).await.unwrap();
    let turn = door.passed.fetch_add(1, Ordering::Relaxed);
    for server in [turn % 2, (turn + 1) % 2].map(|place| &door.servers[place]) {
        if let Ok(answer) = door.ask(server, &parts, body.clone()).await {
            return answer;
        }
    }
    StatusCode::BAD_GATEWAY.into_response()
}

/// Until when the rows of a table that are in hand now are leased.
async fn leased_until(world: &World, table: &str) -> i64 {
    let latest = format!("SELECT COALESCE(MAX(leased_until), 0) FROM {table}");
    let latest = sqlx::query_scalar(sqlx::AssertSqlSafe(latest));
    latest.fetch_one(&world.raw).await.unwrap()
}

/// Ends the leases of the dead. A row that the living has in hand since then is worked twice at worst.
async fn free(world: &World, table: &str, until: i64) {
    let free = format!(
        "UPDATE {table} SET leased_until = 0
         WHERE state = 'waiting' AND leased_until > 0 AND leased_until <= {until}"
    );
    let free = sqlx::query(sqlx::AssertSqlSafe(free));
    free.execute(&world.raw).await.unwrap();
}

async fn buy(world: Arc<World>, number: usize) {
    let customer = Customer::arrive(&world, 1_000).await;
    let wish = [GUIDE, SET, CLUB][number % 3];
    let (_, link) = customer.buy(wish, "normal").await;
    if number.is_multiple_of(4) {
        // Refused where the shop knows of the first.
        let _ = customer.pay(&link, "double_update").await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_of_two_processes_dies() {
    let Some(mut world) = World::make(Engine::Postgres, "webhook").await else {
        return;
    };
    let other = Settings::new(&world.folder, &world.sandbox.address);
    let sites = [&world.settings, &other].map(|one| one.get("LEPTOS_SITE_ADDR").to_owned());
    let servers = sites.clone().map(|site| format!("http://{site}"));
    let door = Door::open(servers.clone(), world.http.clone()).await;
    world.settings = world.settings.with("STARFRONT_PUBLIC_URL", &door);
    world.settings = world.settings.with("STARFRONT_PROCESSES", "2");
    let world = Arc::new(world);
    open_shop(&world).await;
    let [doomed, living] = sites.map(|site| {
        let settings = world.settings.clone().with("LEPTOS_SITE_ADDR", &site);
        Process::serve(&settings, world.folder.path())
    });
    for server in &servers {
        answers(&world.http, format!("{server}/healthz")).await;
    }

    let mut buyers = JoinSet::new();
    for number in 0..BUYERS {
        buyers.spawn(buy(Arc::clone(&world), number));
    }
    patiently("half of the payments", || async {
        let ledger = world.sandbox.ledger().await;
        let rows = ledger["transactions"].as_array().unwrap().len();
        (rows >= BUYERS / 2).then_some(())
    })
    .await;
    doomed.kill().await;
    let in_hand = [
        ("inbox", leased_until(&world, "inbox").await),
        ("outbox", leased_until(&world, "outbox").await),
    ];
    buyers.join_all().await;
    world.sandbox.faults(&json!({})).await;
    for (table, until) in in_hand {
        free(&world, table, until).await;
    }
    patiently("the rest", || async {
        world.let_waits_end().await;
        world.is_at_rest().await.then_some(())
    })
    .await;
    let (granted, back) = world.check_books().await;
    assert!(granted >= BUYERS, "{granted} kept, {back} went back");
    living.kill().await;
}
