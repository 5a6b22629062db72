//! The cheapest HTTP client that there is: both sides of a comparison pay for it.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// Connections that ask at the same time: a busy bot with a few workers.
const CONNECTIONS: usize = 8;
/// How long each side is asked.
const LASTING: Duration = Duration::from_secs(4);
/// How long it is asked before that counts.
const WARM_UP: Duration = Duration::from_millis(500);

/// A POST of JSON as it goes over the wire.
pub(crate) fn post(path: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    let head = "host: sandbox\r\ncontent-type: application/json";
    format!("POST {path} HTTP/1.1\r\n{head}\r\ncontent-length: {length}\r\n\r\n{body}").into_bytes()
}

/// Answers a second to the same request, over and over.
pub(crate) async fn rate(address: SocketAddr, request: Vec<u8>) -> f64 {
    run(address, &request, WARM_UP).await;
    let answers = run(address, &request, LASTING).await;
    f64::from(answers) / LASTING.as_secs_f64()
}

async fn run(address: SocketAddr, request: &[u8], lasting: Duration) -> u32 {
    let until = Instant::now() + lasting;
    let mut askers = JoinSet::new();
    for _ in 0..CONNECTIONS {
        let request = request.to_vec();
        askers.spawn(async move {
            let mut connection = Connection::open(address).await;
            let mut answers = 0;
            while Instant::now() < until {
                connection.ask(&request).await;
                answers += 1;
            }
            answers
        });
    }
    askers.join_all().await.into_iter().sum()
}

/// A connection that stays open.
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    /// Opens it.
    pub(crate) async fn open(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        Self {
            stream,
            buffer: Vec::with_capacity(16 * 1024),
        }
    }

    /// Sends a request and reads the answer, which must be a 200 of known length; returns how
    /// many bytes its body has.
    pub(crate) async fn ask(&mut self, request: &[u8]) -> usize {
        self.stream.write_all(request).await.unwrap();
        self.buffer.clear();
        loop {
            let count = self.stream.read_buf(&mut self.buffer).await.unwrap();
            assert_ne!(count, 0, "the other side closed the connection");
            if let Some(length) = body_if_whole(&self.buffer) {
                return length;
            }
        }
    }
}

/// The length of an answer's body, once all of it is there.
fn body_if_whole(answer: &[u8]) -> Option<usize> {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let head = std::str::from_utf8(&answer[..end]).unwrap().to_lowercase();
    assert!(head.starts_with("http/1.1 200 "), "{head}");
    let (_, rest) = head.split_once("content-length: ").expect("a length");
    let length: usize = rest.split("\r\n").next().unwrap().parse().unwrap();
    (answer.len() >= end + length).then_some(length)
}
