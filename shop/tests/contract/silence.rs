//! A PostgreSQL that is gone without a word: no connection is closed, and nothing answers any more.

use std::time::Duration;

use shop::{Shop, limits};
use sqlx::Connection;
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
    time::timeout,
};

use crate::support::{Engine, NOW, each_database, wish};

/// What stands before the database and passes on what is said.
struct Relay {
    port: u16,
    /// How often everything fell silent.
    silences: watch::Sender<u32>,
}

impl Relay {
    async fn before(database: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let silences = watch::Sender::new(0);
        let said = silences.clone();
        tokio::spawn(async move {
            while let Ok((mut near, _)) = listener.accept().await {
                let (mut silence, database) = (said.subscribe(), database.clone());
                tokio::spawn(async move {
                    let mut far = TcpStream::connect(database).await.unwrap();
                    tokio::select! {
                        _ = copy_bidirectional(&mut near, &mut far) => {}
                        // Both ends stay open, and hear nothing.
                        _ = silence.changed() => std::future::pending().await,
                    }
                });
            }
        });
        Self { port, silences }
    }

    /// Connections of before say nothing more; new ones do.
    fn fall_silent(&self) {
        self.silences.send_modify(|times| *times += 1);
    }
}

/// More than the pool has places for.
const CALLS: usize = 24;

/// Host and port in an address such as `postgres://user@host:port/name`.
fn host(url: &str) -> &str {
    let after = url.split_once('@').unwrap().1;
    after.split_once('/').unwrap().0
}

each_database! {
    /// Calls that were given up leave no place of the pool taken.
    async fn who_says_nothing_is_left(t: TestShop) {
        if t.engine != Engine::Postgres {
            return;
        }
        let database = host(&t.url).to_owned();
        let relay = Relay::before(database.clone()).await;
        let url = t.url.replace(&database, &format!("127.0.0.1:{}", relay.port));
        let shop = Shop::open(&url, &t.folder.0.join("files")).await.unwrap();
        let order = shop.open_order(&wish(1, "book"), NOW).await.unwrap();
        let call_all = || {
            let calls = (0..CALLS).map(|_| timeout(Duration::from_secs(1), shop.order_state(order.id)));
            futures::future::join_all(calls)
        };
        // All places of the pool are taken at once, so that each has a connection.
        let mut gate = sqlx::AnyConnection::connect(&t.url).await.unwrap();
        let lock = "BEGIN; LOCK TABLE orders IN ACCESS EXCLUSIVE MODE";
        sqlx::raw_sql(lock).execute(&mut gate).await.unwrap();
        let open = async {
            let waiting = "SELECT COUNT(*) FROM pg_locks
                           WHERE NOT granted AND relation = 'orders'::regclass";
            while t.count(waiting).await < i64::from(limits::POSTGRES_CONNECTIONS) {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            sqlx::raw_sql("COMMIT").execute(&mut gate).await.unwrap();
        };
        tokio::join!(call_all(), open);
        relay.fall_silent();
        call_all().await;
        let mut tries = 0;
        while shop.order_state(order.id).await.is_err() {
            tries += 1;
            assert!(tries < 3, "the shop finds no way back");
        }
        assert!(shop.precheck(&crate::support::query(&order), NOW).await.unwrap().is_ok());
    }
}
