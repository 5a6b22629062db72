//! What Telegram says: initData, Bot API client, limits.
