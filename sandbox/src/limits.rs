//! Every bound of the sandbox in one place, with its unit and its reason.
//!
//! Bounds that are Telegram's own name their source; the others protect the
//! sandbox from a test that runs away.

use std::time::Duration;

/// Characters in an invoice's title. Source: Bot API, `createInvoiceLink`.
pub const INVOICE_TITLE_CHARS: usize = 32;
/// Characters in an invoice's description. Source: Bot API, `createInvoiceLink`.
pub const INVOICE_DESCRIPTION_CHARS: usize = 255;
/// Bytes in an invoice's payload. Source: Bot API, `createInvoiceLink`.
pub const INVOICE_PAYLOAD_BYTES: usize = 128;
/// Largest amount of any currency. Source: tdlib/td misc.cpp `check_currency_amount`, twelve nines.
pub const CURRENCY_AMOUNT_MAX: i64 = 999_999_999_999;
/// Stars in one subscription period. Source: Bot API, `createInvoiceLink`.
pub const SUBSCRIPTION_PRICE_MAX: i64 = 10_000;
/// Seconds of a subscription period: 30 days. Source: Bot API, `createInvoiceLink`.
pub const SUBSCRIPTION_PERIOD: i64 = 2_592_000;
/// Seconds after which a failed renewal is tried again, when it is: a day. Our own; not documented.
pub const RENEWAL_RETRY_SECONDS: i64 = 86_400;
/// Seconds for which a payment form is good. Source: core.telegram.org,
/// payments.sendStarsForm, `FORM_EXPIRED`.
pub const FORM_SECONDS: i64 = 600;
/// Seconds of a subscription period on Telegram's test servers, which take no
/// other. Source: tdlib/td issue 3309.
pub const TEST_SUBSCRIPTION_PERIODS: [i64; 2] = [60, 300];
/// Largest width or height of an invoice photo, pixels. Source:
/// tdlib/telegram-bot-api Client.cpp `MAX_LENGTH`.
pub const PHOTO_SIDE_MAX: i64 = 10_000;

/// Milliseconds that a bot has to answer a pre-checkout query. Source: Bot API,
/// `answerPreCheckoutQuery`.
pub const PRECHECKOUT_MS: i64 = 10_000;
/// Seconds that an undelivered pre-checkout update is kept. Source:
/// tdlib/telegram-bot-api Client.cpp `add_new_pre_checkout_query`.
pub const PRECHECKOUT_UPDATE_SECONDS: i64 = 150;
/// Seconds that any other undelivered update is kept. Source: Bot API, "Getting updates".
pub const UPDATE_SECONDS: i64 = 86_400;
/// Updates that one bot's queue holds before the oldest are dropped; protects
/// memory when a test never reads them.
pub const UPDATES_PER_BOT: usize = 100_000;

/// Characters in a text message. Source: Bot API, `sendMessage`.
pub const TEXT_CHARS: usize = 4096;
/// Bytes in a text before parsing. Source: tdlib/telegram-bot-api Client.cpp `get_formatted_text`.
pub const TEXT_BYTES: usize = 1 << 15;
/// Characters in a caption. Source: Bot API, `sendDocument`.
pub const CAPTION_CHARS: usize = 1024;
/// Bytes of callback data. Source: Bot API, `InlineKeyboardButton`.
pub const CALLBACK_DATA_BYTES: usize = 64;
/// Characters that a copy button carries. Source: Bot API, `CopyTextButton`.
pub const COPY_TEXT_CHARS: usize = 256;
/// Buttons of one keyboard. Not documented; what bots report as the limit.
pub const KEYBOARD_BUTTONS: usize = 100;
/// Characters in the answer to a callback query. Source: Bot API, `answerCallbackQuery`.
pub const CALLBACK_ANSWER_CHARS: usize = 200;
/// Seconds during which a callback query can be answered; not documented, seen in practice.
pub const CALLBACK_SECONDS: i64 = 60;
/// The same where [`crate::choices`] want it short.
pub const CALLBACK_SHORT_SECONDS: i64 = 15;
/// Seconds after which a bot cannot delete a message. Source: Bot API, `deleteMessage`.
pub const DELETE_SECONDS: i64 = 172_800;

/// Messages of one album. Source: tdlib/td MessageContent.cpp `MAX_GROUPED_MESSAGES`.
pub const ALBUM_MESSAGES: usize = 10;
/// Messages that one call deletes, forwards or copies. Source: Bot API, `deleteMessages`.
pub const MESSAGES_PER_CALL: usize = 100;
/// Characters in the title of a group or channel; a longer one is cut. Source: tdlib/td
/// DialogManager.h `MAX_TITLE_LENGTH`.
pub const CHAT_TITLE_CHARS: usize = 128;
/// Characters in the description of a group or channel; a longer one is cut. Source: Bot API,
/// `setChatDescription`; tdlib/td ChatManager.h.
pub const CHAT_DESCRIPTION_CHARS: usize = 255;

/// Commands of one scope and language. Source: Bot API, `setMyCommands`.
pub const COMMANDS_MAX: usize = 100;
/// Characters in a command. Source: tdlib/td BotCommand.cpp.
pub const COMMAND_CHARS: usize = 32;
/// Characters in a command's description. Source: tdlib/td BotCommand.cpp.
pub const COMMAND_DESCRIPTION_CHARS: usize = 256;
/// Characters in a bot's name. Source: Bot API, `setMyName`.
pub const BOT_NAME_CHARS: usize = 64;
/// Characters in a bot's description. Source: Bot API, `setMyDescription`.
pub const BOT_DESCRIPTION_CHARS: usize = 512;
/// Characters in a bot's short description. Source: Bot API, `setMyShortDescription`.
pub const BOT_SHORT_DESCRIPTION_CHARS: usize = 120;

/// Bytes of an uploaded photo. Source: Bot API, "Sending files".
pub const PHOTO_BYTES: usize = 10 * 1024 * 1024;
/// Bytes of a photo that a bot names by its address. Source: Bot API, "Sending files".
pub const PHOTO_ADDRESS_BYTES: usize = 5 * 1024 * 1024;
/// Bytes of any uploaded file. Source: Bot API, "Sending files".
pub const UPLOAD_BYTES: usize = 50 * 1024 * 1024;
/// Bytes of a file that a bot can download. Source: tdlib/telegram-bot-api
/// Client.h `MAX_DOWNLOAD_FILE_SIZE`.
pub const DOWNLOAD_BYTES: usize = 20 * 1024 * 1024;
/// Bytes of one request's body: an upload and its other fields.
pub const BODY_BYTES: usize = UPLOAD_BYTES + 1024 * 1024;

/// How long an address that a bot names may take to answer in full, real time. Not documented.
pub const ADDRESS_PATIENCE: Duration = Duration::from_secs(10);

/// Longest width and height of a photo together, pixels. Source: Bot API, `sendPhoto`.
pub const PHOTO_SIDES_SUM: usize = 10_000;
/// How many times longer than the other a photo's side may be. Source: Bot API, `sendPhoto`.
pub const PHOTO_RATIO: usize = 20;
/// Bytes of a webhook's certificate. Source: tdlib/telegram-bot-api, `setWebhook`.
pub const CERTIFICATE_BYTES: usize = 3 << 20;
/// Hours of nothing but 410 after which a webhook is dropped, milliseconds. Source:
/// tdlib/telegram-bot-api WebhookActor.h.
pub const WEBHOOK_GONE_MS: i64 = 23 * 3_600_000;

/// Characters in a token. Source: tdlib/telegram-bot-api ClientManager.cpp.
pub const TOKEN_CHARS: usize = 80;
/// Bytes of a webhook's secret. Source: tdlib/telegram-bot-api Client.cpp.
pub const SECRET_BYTES: usize = 256;
/// Default and largest number of parallel webhook requests. Source: Bot API, `setWebhook`.
pub const WEBHOOK_CONNECTIONS: (i64, i64) = (40, 100);
/// How long a bot may take to answer a webhook request. Source: webhook guide;
/// real time, because the network is real.
pub const WEBHOOK_TIMEOUT: Duration = Duration::from_secs(60);
/// Seconds that bound the growing delay between two tries; the bound itself is
/// drawn between once and twice this. Source: tdlib/telegram-bot-api WebhookActor.h.
pub const WEBHOOK_RESEND_SECONDS: i64 = 60;
/// Largest `Retry-After` of a webhook that is honoured, seconds. Source:
/// tdlib/telegram-bot-api WebhookActor.cpp.
pub const WEBHOOK_RETRY_AFTER_SECONDS: i64 = 3600;
/// Bytes of a webhook's answer that are read; a method call fits easily.
pub const WEBHOOK_ANSWER_BYTES: usize = 1024 * 1024;
/// Longest long poll, seconds. Source: tdlib/telegram-bot-api Client.h.
pub const LONG_POLL_SECONDS: i64 = 50;
/// Bytes of updates after which an answer of `getUpdates` ends. Source: tdlib/telegram-bot-api
/// Client.cpp `do_get_updates`.
pub const UPDATES_PAGE_BYTES: usize = 4 << 20;
/// Where the numbers of a bot's updates begin; any would do.
pub const FIRST_UPDATE_IDS: std::ops::RangeInclusive<i64> = 100_000_000..=900_000_000;
/// Milliseconds without updates, a week, after which their numbers begin anew. Source: Bot API,
/// `Update`.
pub const UPDATE_REST_MS: i64 = 7 * 86_400_000;
/// Updates, transactions or photos that one call returns. Source: Bot API.
pub const PAGE_MAX: i64 = 100;

/// Keys per user and bot in the cloud storage. Source: Mini Apps, `CloudStorage`.
pub const CLOUD_KEYS: usize = 1024;
/// Characters in a cloud key. Source: Mini Apps, `CloudStorage`.
pub const CLOUD_KEY_CHARS: usize = 128;
/// Characters in a cloud value. Source: Mini Apps, `CloudStorage`.
pub const CLOUD_VALUE_CHARS: usize = 4096;
/// Bytes that `sendData` carries. Source: Mini Apps, `sendData`.
pub const WEB_APP_DATA_BYTES: usize = 4096;
/// Characters in a start parameter of a Mini App link. Source: Mini Apps, "Direct link".
pub const START_PARAM_CHARS: usize = 512;

/// Stars that paid media may cost. Source: Bot API 9.3, `sendPaidMedia`.
pub const PAID_MEDIA_STARS_MAX: i64 = 25_000;
/// Items of paid media in one message. Source: Bot API, `sendPaidMedia`.
pub const PAID_MEDIA_MAX: usize = 10;
/// Characters that go with a gift. Source: Bot API, `sendGift`.
pub const GIFT_TEXT_CHARS: usize = 128;
/// Months of Premium and what they cost. Source: Bot API, `giftPremiumSubscription`.
pub const PREMIUM_PRICES: [(i64, i64); 3] = [(3, 1_000), (6, 1_500), (12, 2_500)];
/// Pixels of a sticker's longer side. Source:
/// core.telegram.org/stickers.
pub const STICKER_SIDE: usize = 512;
/// Pixels of both sides of a custom emoji or a set's thumbnail. Source: Bot API,
/// `setStickerSetThumbnail`; core.telegram.org/stickers.
pub const CUSTOM_EMOJI_SIDE: usize = 100;
/// Emoji of one sticker. Source: tdlib/telegram-bot-api Client.h `MAX_STICKER_EMOJI_COUNT`.
pub const STICKER_EMOJI_MAX: usize = 20;
/// Keywords of one sticker. Source: Bot API, `setStickerKeywords`.
pub const STICKER_KEYWORDS_MAX: usize = 20;
/// Characters in all keywords of one sticker. Source: Bot API, `setStickerKeywords`.
pub const STICKER_KEYWORDS_CHARS: usize = 64;
/// Stickers of a set that is being made. Source: Bot API, `createNewStickerSet`.
pub const STICKERS_AT_FIRST: usize = 50;
/// Stickers of a set. Source: Bot API, `addStickerToSet`.
pub const STICKERS_PER_SET: usize = 120;
/// Custom emoji of a set. Source: Bot API, `addStickerToSet`.
pub const CUSTOM_EMOJI_PER_SET: usize = 200;
/// Custom emoji that one call asks for. Source: Bot API, `getCustomEmojiStickers`.
pub const CUSTOM_EMOJI_ASKED: usize = 200;
/// Characters in the name and in the title of a set. Source: tdlib/td StickersManager.h.
pub const STICKER_NAME_CHARS: usize = 64;
/// Users that one invite link may let in. Source: Bot API, `createChatInviteLink`.
pub const LINK_MEMBERS_MAX: i64 = 99_999;
/// Characters in an invite link's name. Source: Bot API, `createChatInviteLink`.
pub const LINK_NAME_CHARS: usize = 32;
/// Seconds during which a bot may write to somebody who asks to come in. Source: Bot
/// API, `ChatJoinRequest`.
pub const JOIN_REQUEST_SECONDS: i64 = 300;
/// A ban of fewer seconds than this is for ever. Source: Bot API, `banChatMember`.
pub const BAN_MIN_SECONDS: i64 = 30;
/// Seconds for which a member is banned who is only to be put out. Source: tdlib/td
/// DialogParticipantManager.cpp `restrict_channel_participant`.
pub const EXPULSION_SECONDS: i64 = 60;
/// Seconds that a Mini App's `query_id` lives on without a word from the client. Clients send one each
/// 60 s (core.telegram.org, messages.prolongWebView); how many may be missed is not documented.
pub const WEB_APP_QUERY_SECONDS: i64 = 120;
/// The same where [`crate::choices`] want it without a client's word: a day.
pub const WEB_APP_QUERY_LONG_SECONDS: i64 = 86_400;
/// Seconds that a prepared message is kept; not documented, and told as `expiration_date`.
pub const PREPARED_SECONDS: i64 = 3_600;
/// A ban of more seconds than this, 366 days, is for ever. Source: Bot API,
/// `banChatMember`.
pub const BAN_FOREVER_SECONDS: i64 = 366 * 86_400;
/// Fewest and most Stars of one withdrawal. Source: Telegram's Stars terms; tdlib/td
/// OptionManager.cpp.
pub const WITHDRAWAL_STARS: (i64, i64) = (1_000, 25_000_000);
/// Seconds that Stars are held before they can be withdrawn: 21 days. Source:
/// Telegram's Stars terms.
pub const WITHDRAWAL_HOLD_SECONDS: i64 = 21 * 86_400;
/// Seconds after which a charge cannot be given back where [`crate::choices`] want it so: three
/// years, as long as unused Stars last. Source: Telegram's Stars terms.
pub const REFUND_SECONDS: i64 = 3 * 365 * 86_400;
/// Thousandths of a sale that an affiliate can get. Source: tdlib/td StarManager.cpp,
/// more than nothing and less than all.
pub const COMMISSION_PER_MILLE: (i64, i64) = (1, 999);

/// Bytes of a script; ten times what the largest one by hand would have.
pub const SCRIPT_BYTES: usize = 4 * 1024 * 1024;
/// Steps of a script, with repetitions and random ones; keeps a slip from eating memory.
pub const SCRIPT_STEPS: usize = 1_000_000;
/// Largest time in a script, seconds: ten years.
pub const SCRIPT_SECONDS: i64 = 315_360_000;
/// Where a clock may begin, seconds since 1970: Telegram's dates have 32 bits.
pub const START_TIMES: std::ops::RangeInclusive<i64> = 0..=i32::MAX as i64;
/// How often a changed state is written to its file, real time: what a crash may lose.
pub const SAVE_EVERY: Duration = Duration::from_secs(5);
/// After a save, the pause is at least so many times what the save took: a large world is not
/// written all the time.
pub const SAVE_SHARE: u32 = 20;

/// Characters in what somebody says of themselves, with Premium. Source: tdlib/td OptionManager.cpp,
/// `bio_length_max`.
pub const BIO_CHARS: usize = 140;
/// Stars in one wallet; keeps sums far from overflow.
pub const WALLET_STARS: i64 = 1_000_000_000_000;
/// Users in one sandbox; keeps a loop in a test from eating the machine.
pub const USERS_MAX: usize = 1_000_000;
/// Messages kept per chat; older ones leave.
pub const MESSAGES_PER_CHAT: usize = 10_000;
/// Calls kept in the journal.
pub const JOURNAL_ENTRIES: usize = 2_000;
/// Bytes of one request or answer kept in the journal.
pub const JOURNAL_BYTES: usize = 16 * 1024;
/// Events kept for a slow reader of the stream before it must reload.
pub const EVENT_BACKLOG: usize = 1024;
/// How long a jump of the clock waits for the next sign of life of bots that have something to
/// do, real time: enough for a bot that works, little for one that hangs.
pub const CLOCK_PATIENCE: Duration = Duration::from_secs(2);
/// How long a jump waits at one moment at most, real time: for a bot that never ends.
pub const CLOCK_PATIENCE_MAX: Duration = Duration::from_secs(60);
/// How often a jump looks whether the bots are done, real time.
pub const CLOCK_LOOK: Duration = Duration::from_millis(1);
/// Milliseconds of a grid on which retries leave together during a jump: a day of outage is then
/// 1440 stops at most, not one for each update and try.
pub const RETRY_GRID_MS: i64 = 60_000;
/// How long after its last poll a bot counts as listening, real time.
pub const POLL_PATIENCE: Duration = Duration::from_secs(2);
/// Seconds by which one call may advance the clock: ten years.
pub const CLOCK_STEP_SECONDS: u64 = 315_360_000;
/// Milliseconds by which a payment's outcome can be put off: one hour.
pub const OUTCOME_DELAY_MS: u64 = 3_600_000;
