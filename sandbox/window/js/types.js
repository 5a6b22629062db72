/**
 * The shapes that travel between the window and the sandbox. Types only, no code.
 *
 * @typedef {{type: string, text?: string, web_app?: {url: string}}} MenuButton
 * @typedef {{command: string, description: string}} Command
 * @typedef {{id: number, token: string, username: string, first_name: string,
 *   menu_button?: MenuButton, commands?: Command[], description?: string}} Bot
 * @typedef {{id: number, first_name: string, last_name?: string, username?: string,
 *   language_code?: string, is_premium?: boolean, stars: number}} Person
 * @typedef {{now: number, now_ms: number, offset_seconds: number, is_still: boolean}} Time
 * @typedef {{type: string, offset: number, length: number, url?: string, language?: string,
 *   user?: {id: number}}} Entity
 * @typedef {{text: string, url?: string, callback_data?: string, web_app?: {url: string},
 *   copy_text?: {text: string}, pay?: boolean, request_contact?: boolean, style?: string,
 *   switch_inline_query?: string, switch_inline_query_current_chat?: string}} Button
 * @typedef {{inline_keyboard?: Button[][], keyboard?: (Button|string)[][],
 *   remove_keyboard?: boolean, resize_keyboard?: boolean, one_time_keyboard?: boolean,
 *   input_field_placeholder?: string, force_reply?: boolean}} Markup
 * @typedef {Record<string, any> & {message_id: number, date: number, from?: {id: number},
 *   sender_chat?: {id: number}, text?: string, entities?: Entity[], reply_markup?: Markup}} Message
 * @typedef {{messages: Message[], can_write: boolean, started: boolean, blocked?: boolean}} Chat
 * @typedef {{slug: string, title: string, description: string, photo_url?: string,
 *   amount: number, subscription_period?: number, balance: number,
 *   bot: {id: number, username: string, first_name: string}}} Invoice
 * @typedef {{form_id: string, expires: number, invoice: Invoice}} Form
 * @typedef {{charge_id: string, user_id: number, title: string, amount: number, period: number,
 *   paid_until: number, standing: 'active'|'canceled'|'stopped_by_bot'|'failed'|'lapsed',
 *   charges: string[], fails_next: boolean}} Subscription
 * @typedef {{user_id: number, status: 'creator'|'member'|'left'|'kicked', until?: number}} Member
 * @typedef {{invite_link: string, name: string, is_open: boolean, creates_join_request: boolean,
 *   member_limit: number, expire_date: number, price?: number, used: number}} InviteLink
 * @typedef {{id: number, bot_id: number, kind: 'supergroup'|'channel', title: string, username?: string,
 *   bot_place: 'administrator'|'member'|'left'|'kicked', rights: Record<string, boolean>,
 *   members: number[], people: Member[],
 *   links: InviteLink[], requests: {user_id: number, invite_link: string}[]}} Community
 * @typedef {{bot_id: number, user_id: number, result: Record<string, any>, is_valid: boolean,
 *   chats: {id: number, title: string}[], to_people: boolean}} Prepared
 * @typedef {'paid'|'cancelled'|'failed'|'pending'} PayStatus
 * @typedef {{status: PayStatus, closed: PayStatus[], charge_id?: string, error_code?: string, error_message?: string}} Payment
 * @typedef {'phone'|'tablet'|'desktop'|'full'} Frame
 * @typedef {{biometry: 'face'|'finger'|'none', recognised: boolean, located: boolean, latitude: number,
 *   longitude: number, motion: 'still'|'wobble'|'none', beta: number, gamma: number}} Senses
 *   what the phone feels; tilts in degrees
 * @typedef {'good'|'slow'|'offline'} Network the phone's line to Telegram
 * @typedef {'person'|'groups'|'time'|'faults'|'script'|'device'} Tab of the desk
 * @typedef {'day'|'dark'|'night'|'hostile'} ThemeName
 * @typedef {Record<string, string>} ThemeParams
 * @typedef {{top: number, bottom: number, left: number, right: number}} Insets
 *
 * @typedef {object} State
 * @property {Bot[]} bots
 * @property {Person[]} people
 * @property {Bot | null} bot the bot whose chat is open, or that is in the open group or channel
 * @property {Community[]} communities groups and channels of all bots
 * @property {Community | null} community the group or channel that is open instead of the bot's own chat
 * @property {Person | null} person the user whose phone this is
 * @property {Chat | null} chat
 * @property {ThemeName} theme
 * @property {string} platform
 * @property {string} version protocol version told to the Mini App
 * @property {Frame} frame
 * @property {boolean} notch whether the device covers parts of its screen
 * @property {Insets} insets how much of it, px
 * @property {number} contentTop room of Telegram's floating buttons in fullscreen, px
 * @property {boolean} fullscreen whether apps are opened in fullscreen
 * @property {Senses} senses what the phone feels
 * @property {Network} network
 * @property {boolean} sideways how the phone is held
 * @property {boolean | null} locked whether the Mini App keeps the screen sideways, or upright, or neither
 * @property {Tab} tab which side of the desk shows
 * @property {import('./faults.js').Faults} faults what is set to go wrong
 * @property {import('./types.js').Time | null} time the sandbox's clock at its last word
 * @property {string} outcome name of the next payment's outcome
 * @property {string} action what the bot is doing, such as `typing`, or nothing
 * @property {'connecting'|'live'|'lost'} line state of the event stream
 */

export {};
