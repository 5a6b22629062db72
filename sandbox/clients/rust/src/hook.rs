//! A webhook, as small as can be: frankenstein leaves that to the bot.

use frankenstein::updates::Update;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

/// What came: the secret and the update.
pub type Delivery = (String, Update);

/// Listens and returns its address. Fails this often before it takes anything.
pub fn serve(mut failures: u32) -> (String, Receiver<Delivery>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    let (sender, receiver) = channel();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let status = if failures > 0 {
                "500 Internal Server Error"
            } else {
                "200 OK"
            };
            failures = failures.saturating_sub(1);
            answer(stream, status, &sender);
        }
    });
    (format!("http://127.0.0.1:{port}/hook"), receiver)
}

fn answer(stream: TcpStream, status: &str, sender: &Sender<Delivery>) {
    let mut reader = BufReader::new(stream);
    let (mut length, mut secret) = (0, String::new());
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) <= 2 {
            break;
        }
        let Some((name, value)) = line.trim().split_once(": ") else {
            continue;
        };
        match name.to_lowercase().as_str() {
            "content-length" => length = value.parse().unwrap_or(0),
            "x-telegram-bot-api-secret-token" => value.clone_into(&mut secret),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("the whole body");
    let head = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    reader
        .get_mut()
        .write_all(head.as_bytes())
        .expect("an open connection");
    if status.starts_with("200") {
        let update = serde_json::from_slice(&body).expect("an update");
        sender.send((secret, update)).expect("the check waits");
    }
}
