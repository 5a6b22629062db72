//! What is bought and given without an invoice: paid media, gifts, Premium.

use super::calls::{count, id, only_row, sell, sum, user};
use crate::world::{World, refused};
use crate::{Check, Outcome};
use frankenstein::gifts::Gift;
use frankenstein::input_media::{InputPaidMedia, InputPaidMediaPhoto};
use frankenstein::methods::{
    GiftPremiumSubscriptionParams, SendGiftParams, SendPaidMediaParams, SendPhotoParams,
};
use frankenstein::payments::TransactionType;
use frankenstein::types::{Message, PaidMedia};
use frankenstein::updates::UpdateContent;
use frankenstein::{Error, TelegramApi};

pub const ALL: &[Check] = &[
    ("sendPaidMedia, purchased_paid_media", media),
    ("getAvailableGifts, sendGift", gifts),
    ("sendGift: a limited one is sold out", limited),
    ("giftPremiumSubscription", premium),
];

/// A user who has written to the bot.
fn guest(w: &mut World, name: &str, stars: u32) -> i64 {
    let guest = w.desk.user(name, stars);
    w.desk.write(guest, "/start");
    w.message(|message| (message.chat.id == guest).then_some(()));
    guest
}

/// Two pictures of the sea for some Stars. This client sends paid media by their ids only, so they
/// are uploaded as a photo first.
fn send(w: &World, to: i64, stars: u32) -> Result<Message, Error> {
    let photo = super::messages::file("paid.png", include_bytes!("sea.png"));
    let photo = SendPhotoParams::builder().chat_id(w.buyer).photo(photo);
    let sent = w.bot.send_photo(&photo.build()).unwrap().result;
    let media = sent.photo.unwrap().pop().unwrap().file_id;
    let item = InputPaidMedia::Photo(InputPaidMediaPhoto::builder().media(media).build());
    let params = SendPaidMediaParams::builder()
        .chat_id(to)
        .star_count(stars)
        .media(vec![item.clone(), item])
        .payload("sea-7")
        .caption("Two seas")
        .build();
    w.bot.send_paid_media(&params).map(|answer| answer.result)
}

fn media(w: &mut World) -> Outcome {
    let buyer = guest(w, "Fay", 100);
    let (rows, before) = (count(w), sum(w));
    refused(send(w, buyer, 25_001), 400, "price");
    let sent = send(w, buyer, 40).unwrap();
    assert_eq!(sent.caption.as_deref(), Some("Two seas"));
    let info = sent.paid_media.unwrap();
    let are_photos =
        |media: &[PaidMedia]| matches!(media, [PaidMedia::Photo(_), PaidMedia::Photo(_)]);
    assert!(info.star_count == 40 && are_photos(&info.paid_media));
    let bought = w.desk.buy_media(buyer, sent.message_id);
    let purchase = w.take(|update| match update {
        UpdateContent::PurchasedPaidMedia(purchase) => Some(purchase.clone()),
        _ => None,
    });
    assert_eq!(
        (purchase.from.id, purchase.paid_media_payload.as_str()),
        (id(buyer), "sea-7")
    );
    assert_eq!((w.desk.stars(buyer), sum(w)), (60, before + 40));
    let row = only_row(w, rows);
    assert_eq!((row.id.as_str(), row.amount), (bought.as_str(), 40));
    let partner = user(row.source);
    assert_eq!(partner.transaction_type, TransactionType::PaidMediaPayment);
    assert_eq!(partner.user.id, id(buyer));
    assert_eq!(partner.paid_media_payload.as_deref(), Some("sea-7"));
    assert!(are_photos(&partner.paid_media.unwrap()));
    Ok(())
}

/// The first gift of the catalogue with something special.
fn gift(w: &World, is_wanted: impl Fn(&Gift) -> bool) -> Gift {
    let gifts = w.bot.get_available_gifts().unwrap().result.gifts;
    gifts.into_iter().find(is_wanted).expect("such a gift")
}

fn give(w: &World, to: i64, gift: &str, upgrade: bool) -> Result<bool, Error> {
    let params = SendGiftParams::builder()
        .user_id(id(to))
        .gift_id(gift)
        .text("For you")
        .pay_for_upgrade(upgrade)
        .build();
    w.bot.send_gift(&params).map(|answer| answer.result)
}

fn gifts(w: &mut World) -> Outcome {
    let rich = w.desk.user("Gil", 5000);
    sell(w, rich, 3000, "means");
    let receiver = guest(w, "Hal", 0);
    let (rows, before) = (count(w), sum(w));
    let gift = gift(w, |gift| gift.upgrade_star_count.is_some());
    assert!(gift.sticker.emoji.is_some());
    refused(give(w, receiver, "1", false), 400, "STARGIFT_INVALID");
    assert!(give(w, receiver, &gift.id, true).unwrap());
    let price = gift.star_count + gift.upgrade_star_count.unwrap();
    assert_eq!(sum(w), before - i64::from(price));
    let row = only_row(w, rows);
    assert!(row.amount == price && row.source.is_none());
    let partner = user(row.receiver);
    assert_eq!(partner.transaction_type, TransactionType::GiftPurchase);
    assert_eq!(partner.user.id, id(receiver));
    assert_eq!(partner.gift.unwrap().id, gift.id);
    let seen = &w.desk.chat(receiver).pop().unwrap()["gift"];
    assert_eq!(
        (&seen["gift"]["id"], &seen["text"]),
        (&gift.id.into(), &"For you".into())
    );
    Ok(())
}

fn limited(w: &mut World) -> Outcome {
    let receiver = w.desk.user("Ida", 0);
    let find = |w: &World| gift(w, |gift| gift.total_count.is_some());
    let limited = find(w);
    for left in (0..limited.remaining_count.unwrap()).rev() {
        give(w, receiver, &limited.id, false).unwrap();
        assert_eq!(find(w).remaining_count, Some(left));
    }
    refused(
        give(w, receiver, &limited.id, false),
        400,
        "STARGIFT_USAGE_LIMITED",
    );
    Ok(())
}

fn premium(w: &mut World) -> Outcome {
    let receiver = w.desk.user("Jim", 0);
    let (rows, before) = (count(w), sum(w));
    let give = |w: &World, months: u32, stars: u32| {
        let params = GiftPremiumSubscriptionParams::builder()
            .user_id(id(receiver))
            .month_count(months)
            .star_count(stars)
            .build();
        w.bot.gift_premium_subscription(&params)
    };
    refused(give(w, 3, 999), 400, "STARS_FORM_AMOUNT_MISMATCH");
    assert!(give(w, 3, 1000).unwrap().result);
    assert_eq!(sum(w), before - 1000);
    let row = only_row(w, rows);
    assert!(row.amount == 1000 && row.source.is_none());
    let partner = user(row.receiver);
    assert_eq!(partner.transaction_type, TransactionType::PremiumPurchase);
    assert_eq!(partner.user.id, id(receiver));
    assert_eq!(partner.premium_subscription_duration, Some(3));
    assert_eq!(
        w.desk.get(&format!("/users/{receiver}"))["is_premium"],
        true
    );
    refused(give(w, 12, 2500), 400, "BALANCE_TOO_LOW");
    Ok(())
}
