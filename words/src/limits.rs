//! How long texts may be, in characters. Limits of Telegram unless said otherwise.

/// A bot command's description (`setMyCommands`).
pub const COMMAND_CHARS: usize = 256;
/// The bot's description in an empty chat (`setMyDescription`).
pub const DESCRIPTION_CHARS: usize = 512;
/// The bot's short description on its profile (`setMyShortDescription`).
pub const SHORT_DESCRIPTION_CHARS: usize = 120;
/// A button of a message, a popup or the main button: longer labels are cut by the clients.
pub const BUTTON_CHARS: usize = 64;
/// A popup's text (`web_app_open_popup`).
pub const POPUP_CHARS: usize = 256;
/// A media caption (`sendDocument`), before the buyer's own titles are filled in: half of
/// Telegram's 1024, so that a title always fits.
pub const CAPTION_CHARS: usize = 512;
/// A refusal in the payment sheet. Telegram names no limit; what is longer is not read there.
pub const REFUSAL_CHARS: usize = 160;
