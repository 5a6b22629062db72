/* The official telegram-web-app.js behind the names that all three pages share. */
/* global Telegram */

const app = Telegram.WebApp;
const clicks = { main: 0, secondary: 0, back: 0, settings: 0 };
app.MainButton.onClick(() => { clicks.main += 1; });
app.SecondaryButton.onClick(() => { clicks.secondary += 1; });
app.BackButton.onClick(() => { clicks.back += 1; });
app.SettingsButton.onClick(() => { clicks.settings += 1; });

/** A method that ends with its answer alone. */
const told = (start) => new Promise((done) => start(done));
/** A method that ends with an error or an answer, as Node.js does. */
const answered = (start) => new Promise((done, fail) => start((error, answer) => (error ? fail(new Error(error)) : done(answer))));
/** The answer of an event that follows, or the error of the event that says no. */
const followed = (event, failure, start) => new Promise((done, fail) => {
  app.onEvent(event, done);
  app.onEvent(failure, ({ error }) => fail(new Error(error)));
  start();
});
const insets = (area) => ({ top: 0, right: 0, bottom: 0, left: 0, ...area });

window.drive = {
  clicks,
  launch: () => ({
    raw: app.initData, user: app.initDataUnsafe.user.id, start: app.initDataUnsafe.start_param ?? null,
    platform: app.platform, version: app.version,
  }),
  theme: () => ({ ground: app.themeParams.bg_color, dark: app.colorScheme === 'dark' }),
  viewport: () => ({ height: app.viewportHeight, stable: app.viewportStableHeight, expanded: app.isExpanded }),
  expand: () => app.expand(),
  safeAreas: () => ({ device: insets(app.safeAreaInset), content: insets(app.contentSafeAreaInset) }),
  fullscreen: () => app.isFullscreen,
  requestFullscreen: () => followed('fullscreenChanged', 'fullscreenFailed', () => app.requestFullscreen()).then(() => null),
  exitFullscreen: () => followed('fullscreenChanged', 'fullscreenFailed', () => app.exitFullscreen()).then(() => null),
  mainButton: ({ text, ground, ink, enabled, busy, visible }) => {
    /* The end of progress makes the button active, whatever it was before. */
    if (busy) app.MainButton.showProgress(true);
    else app.MainButton.hideProgress();
    app.MainButton.setParams({ text, color: ground, text_color: ink, is_active: enabled, is_visible: visible });
  },
  secondaryButton: ({ text, position, visible }) => { app.SecondaryButton.setParams({ text, position, is_visible: visible }); },
  backButton: (visible) => { app.BackButton.isVisible = visible; },
  settingsButton: (visible) => { app.SettingsButton.isVisible = visible; },
  popup: (question) => told((done) => app.showPopup(question, done)).then((id) => id || null),
  confirmClosing: (on) => { app.isClosingConfirmationEnabled = on; },
  writeAccess: () => told((done) => app.requestWriteAccess(done)),
  contact: () => told((done) => app.requestContact((shared, event) => done(shared ? event.responseUnsafe.contact : null))),
  scan: (text) => told((done) => app.showScanQrPopup({ text }, (code) => (done(code), true))),
  clipboard: () => told((done) => app.readTextFromClipboard(done)),
  invoice: (url) => told((done) => app.openInvoice(url, done)),
  cloud: {
    set: (key, value) => answered((done) => app.CloudStorage.setItem(key, value, done)),
    get: (key) => answered((done) => app.CloudStorage.getItem(key, done)),
    keys: () => answered((done) => app.CloudStorage.getKeys(done)),
    remove: (key) => answered((done) => app.CloudStorage.removeItem(key, done)),
  },
  haptics: () => {
    app.HapticFeedback.impactOccurred('heavy');
    app.HapticFeedback.notificationOccurred('success');
    app.HapticFeedback.selectionChanged();
  },
  openLink: (url) => app.openLink(url),
  openTelegramLink: (url) => app.openTelegramLink(url),
  homeScreen: () => told((done) => app.checkHomeScreenStatus(done)),
  shareMessage: (id) => told((done) => app.shareMessage(id, done)),
};
app.ready();
document.body.append('ready');
