//! What clients keep open between calls.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::{Desk, TOKEN};

/// A form ends before its request does, as aiohttp sends it; the connection must
/// live on for the next call.
#[tokio::test]
async fn a_connection_outlives_an_upload_in_pieces() {
    let desk = Desk::start().await;
    let mut stream = TcpStream::connect(desk.running.address).await.unwrap();
    let form = "--x\r\ncontent-disposition: form-data; name=\"chat_id\"\r\n\r\n1\r\n--x--\r\n";
    let head = format!(
        "POST /bot{TOKEN}/getMe HTTP/1.1\r\nhost: sandbox\r\ntransfer-encoding: chunked\r\n\
         content-type: multipart/form-data; boundary=x\r\n\r\n{:x}\r\n{form}\r\n",
        form.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    stream.write_all(b"0\r\n\r\n").await.unwrap();
    assert!(answer(&mut stream).await.starts_with("HTTP/1.1 200"));
    let next = format!("GET /bot{TOKEN}/getMe HTTP/1.1\r\nhost: sandbox\r\n\r\n");
    stream.write_all(next.as_bytes()).await.unwrap();
    assert!(answer(&mut stream).await.starts_with("HTTP/1.1 200"));
}

async fn answer(stream: &mut TcpStream) -> String {
    let mut bytes = vec![0; 8192];
    let length = stream.read(&mut bytes).await.unwrap();
    String::from_utf8_lossy(&bytes[..length]).into_owned()
}
