//! The whole way of a purchase, and back.

use app::api::{Download, Stage};
use reqwest::{StatusCode, header};
use serde_json::json;

use crate::support::{Answer, GUIDE, TestShop};

#[tokio::test]
async fn a_file_is_sold_sent_and_downloaded() {
    let shop = TestShop::open().await;
    let buyer = shop.buyer(11, "en").await;
    let order = buyer.buy("guide", 40).await;

    let invoice = shop.telegram.call("createInvoiceLink").await.body;
    assert_eq!(invoice["payload"], order.id);
    assert_eq!(invoice["description"], "To look");
    assert_eq!(
        (&invoice["currency"], &invoice["prices"][0]["amount"]),
        (&json!("XTR"), &json!(40))
    );

    let sent = shop.telegram.call("sendDocument").await;
    assert_eq!(sent.body["chat_id"], "11");
    assert_eq!(sent.body["protect_content"], "true");
    assert_eq!(sent.file.unwrap(), ("guide.txt".to_owned(), GUIDE.to_vec()));

    let view = buyer.sees(&order, Stage::Delivered).await;
    let link = download_link(&buyer, &view).await;
    let path = link.strip_prefix(&shop.url("")).unwrap();
    let got = shop
        .get(path)
        .header("origin", "https://web.telegram.org")
        .send()
        .await
        .unwrap();
    assert_eq!(got.status(), StatusCode::OK);
    let headers = got.headers().clone();
    assert_eq!(
        headers[header::CONTENT_DISPOSITION],
        "attachment; filename*=UTF-8''guide.txt"
    );
    assert_eq!(
        headers[header::ACCESS_CONTROL_ALLOW_ORIGIN],
        "https://web.telegram.org"
    );
    assert_eq!(headers[header::CACHE_CONTROL], "private, no-store");
    assert_eq!(got.bytes().await.unwrap(), GUIDE);

    // Another site may not read it, and a changed link opens nothing.
    let got = shop
        .get(path)
        .header("origin", "https://evil.example")
        .send()
        .await
        .unwrap();
    assert!(
        !got.headers()
            .contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN)
    );
    let mut parts: Vec<&str> = path.split('/').collect();
    parts[3] = "9999999999";
    let got = shop.get(&parts.join("/")).send().await.unwrap();
    assert_eq!(got.status(), StatusCode::FORBIDDEN);
}

async fn download_link(buyer: &crate::support::Buyer<'_>, fragment: &str) -> String {
    // The goods' own id stands in the page beside the download button.
    let id = fragment
        .split(|c: char| !c.is_ascii_hexdigit())
        .find(|part| part.len() == 32);
    let id = id.expect("an entitlement in the page");
    let download: Download = buyer.call("open_download", (id,)).await.unwrap();
    download.url
}

#[tokio::test]
async fn a_file_goes_up_once() {
    let shop = TestShop::open().await;
    for id in [21, 22] {
        let buyer = shop.buyer(id, "en").await;
        let order = buyer.buy("guide", 40).await;
        buyer.sees(&order, Stage::Delivered).await;
    }
    let sent = shop.telegram.calls("sendDocument");
    assert!(sent[0].file.is_some());
    assert!(sent[1].file.is_none());
    assert_eq!(sent[1].body["document"], "FILE-ID-OF-TELEGRAM");
}

#[tokio::test]
async fn code_text_and_link_are_sent() {
    let shop = TestShop::open().await;
    let buyer = shop.buyer(12, "en").await;
    let order = buyer.buy("set", 90).await;
    buyer.sees(&order, Stage::Delivered).await;
    let sent = shop.telegram.calls("sendMessage");
    let texts: Vec<&str> = sent
        .iter()
        .map(|call| call.body["text"].as_str().unwrap())
        .collect();
    assert_eq!(texts.len(), 3, "{texts:?}");
    let with = |part: &str| {
        let at = texts.iter().position(|text| text.contains(part));
        &sent[at.unwrap_or_else(|| panic!("{part} in {texts:?}"))].body
    };
    let code = with("<code>MOTH-1234-LAMP</code>");
    let button = &code["reply_markup"]["inline_keyboard"][0][0];
    assert_eq!(button["copy_text"]["text"], "MOTH-1234-LAMP");
    assert!(with("Dear <i>reader</i> &amp; friend.")["parse_mode"] == "HTML");
    let link = with("https://t.me/addstickers/night");
    let button = &link["reply_markup"]["inline_keyboard"][0][0];
    assert_eq!(button["url"], "https://t.me/addstickers/night");
}

#[tokio::test]
async fn a_charge_told_twice_is_booked_once_and_a_second_charge_goes_back() {
    let shop = TestShop::open().await;
    let buyer = shop.buyer(13, "ru").await;
    let order = buyer.order("guide", 40).await;
    buyer.precheck(&order.id, 40).await;
    let first = buyer.paid_update(&order.id, 40, "charge-first");
    for _ in 0..2 {
        shop.update(&first).await;
    }
    let mut again = first.clone();
    again["update_id"] = json!(crate::support::FakeTelegram::next_number());
    shop.update(&again).await;
    buyer.sees(&order, Stage::Delivered).await;
    assert_eq!(shop.telegram.calls("sendDocument").len(), 1);

    shop.update(&buyer.paid_update(&order.id, 40, "charge-second"))
        .await;
    let refund = shop.telegram.call("refundStarPayment").await.body;
    assert_eq!(refund["telegram_payment_charge_id"], "charge-second");
    assert_eq!(refund["user_id"], 13);
    let told = shop.telegram.call("sendMessage").await.body;
    assert!(
        told["text"].as_str().unwrap().contains("возвращается"),
        "{told}"
    );
    assert_eq!(buyer.view(&order).await.stage, Stage::Delivered);
}

#[tokio::test]
async fn a_refund_takes_the_goods_back() {
    let shop = TestShop::open().await;
    let buyer = shop.buyer(14, "en").await;
    let order = buyer.buy("guide", 40).await;
    let view = buyer.sees(&order, Stage::Delivered).await;
    let link = download_link(&buyer, &view).await;

    let done = shop.run(&["order", "refund", &order.id]).await;
    assert!(done.status.success(), "{done:?}");
    buyer.sees(&order, Stage::Refunded).await;
    assert_eq!(shop.telegram.calls("refundStarPayment").len(), 1);
    let path = link.strip_prefix(&shop.url("")).unwrap();
    assert_eq!(
        shop.get(path).send().await.unwrap().status(),
        StatusCode::GONE
    );

    let again = shop.run(&["order", "refund", &order.id]).await;
    assert!(!again.status.success());
    assert!(String::from_utf8_lossy(&again.stderr).contains("went back already"));
}

#[tokio::test]
async fn a_copy_that_telegram_does_not_know_any_more_goes_up_again() {
    let shop = TestShop::open().await;
    let first = shop.buyer(23, "en").await;
    let order = first.buy("guide", 40).await;
    first.sees(&order, Stage::Delivered).await;
    let unknown = "Bad Request: wrong file identifier/HTTP URL specified";
    let second = shop.buyer(24, "en").await;
    shop.telegram
        .next("sendDocument", Answer::failure(1, 400, unknown));
    let order = second.buy("guide", 40).await;
    second.sees(&order, Stage::Delivered).await;
    let sent = shop.telegram.calls("sendDocument");
    let files: Vec<bool> = sent.iter().map(|call| call.file.is_some()).collect();
    assert_eq!(files, [true, false, true]);
}

#[tokio::test]
async fn a_picture_that_telegram_refuses_stops_no_sale() {
    let shop = TestShop::open().await;
    let refused = "Bad Request: failed to get HTTP URL content";
    shop.telegram
        .next("createInvoiceLink", Answer::failure(1, 400, refused));
    let buyer = shop.buyer(77, "en").await;
    buyer.order("set", 90).await;
    let asked = shop.telegram.calls("createInvoiceLink");
    let photos = asked.iter().map(|call| call.body["photo_url"].as_str());
    let photos: Vec<_> = photos.collect();
    assert_eq!(photos.len(), 2, "{photos:?}");
    assert!(photos[0].is_some_and(|url| url.starts_with(&shop.url("/media/"))));
    assert_eq!(photos[1], None);
}
