/* @telegram-apps/sdk behind the names that all three pages share. */
/* global telegramApps */

const sdk = telegramApps.sdk;
/* All that the sandbox asks of such an app: without it, the SDK speaks to https://web.telegram.org alone. */
sdk.targetOrigin.set('*');
sdk.init();

const { backButton, closingBehavior, cloudStorage, hapticFeedback, invoice, mainButton, popup, qrScanner,
  secondaryButton, settingsButton, themeParams, viewport } = sdk;
const clicks = { main: 0, secondary: 0, back: 0, settings: 0 };
for (const feature of [backButton, closingBehavior, mainButton, secondaryButton, settingsButton]) feature.mount();
themeParams.mountSync();
mainButton.onClick(() => { clicks.main += 1; });
secondaryButton.onClick(() => { clicks.secondary += 1; });
backButton.onClick(() => { clicks.back += 1; });
settingsButton.onClick(() => { clicks.settings += 1; });

window.drive = {
  clicks,
  launch: () => {
    const { tgWebAppData, tgWebAppPlatform, tgWebAppVersion } = sdk.retrieveLaunchParams();
    return {
      raw: sdk.retrieveRawInitData(), user: tgWebAppData.user.id, start: tgWebAppData.start_param ?? null,
      platform: tgWebAppPlatform, version: tgWebAppVersion,
    };
  },
  theme: () => ({ ground: themeParams.backgroundColor(), dark: themeParams.isDark() }),
  viewport: () => ({ height: viewport.height(), stable: viewport.stableHeight(), expanded: viewport.isExpanded() }),
  expand: () => viewport.expand(),
  safeAreas: () => ({ device: viewport.safeAreaInsets(), content: viewport.contentSafeAreaInsets() }),
  fullscreen: () => viewport.isFullscreen(),
  requestFullscreen: () => viewport.requestFullscreen().then(() => null),
  exitFullscreen: () => viewport.exitFullscreen().then(() => null),
  mainButton: ({ text, ground, ink, enabled, busy, visible }) =>
    mainButton.setParams({ text, backgroundColor: ground, textColor: ink, isEnabled: enabled, isLoaderVisible: busy, isVisible: visible }),
  secondaryButton: ({ text, position, visible }) => secondaryButton.setParams({ text, position, isVisible: visible }),
  backButton: (visible) => (visible ? backButton.show() : backButton.hide()),
  settingsButton: (visible) => (visible ? settingsButton.show() : settingsButton.hide()),
  popup: (question) => popup.open(question).then((id) => id ?? null),
  confirmClosing: (on) => (on ? closingBehavior.enableConfirmation() : closingBehavior.disableConfirmation()),
  writeAccess: () => sdk.requestWriteAccess().then((status) => status === 'allowed'),
  contact: () => sdk.requestContact().then(({ contact }) => contact, () => null),
  scan: (text) => qrScanner.open({ text, capture: () => true }),
  clipboard: () => sdk.readTextFromClipboard().then((text) => text ?? null),
  invoice: (url) => invoice.open(url, 'url'),
  cloud: {
    set: (key, value) => cloudStorage.setItem(key, value),
    get: (key) => cloudStorage.getItem(key),
    keys: () => cloudStorage.getKeys(),
    remove: (key) => cloudStorage.deleteItem(key),
  },
  haptics: () => {
    hapticFeedback.impactOccurred('heavy');
    hapticFeedback.notificationOccurred('success');
    hapticFeedback.selectionChanged();
  },
  openLink: (url) => sdk.openLink(url),
  openTelegramLink: (url) => sdk.openTelegramLink(url),
  homeScreen: () => sdk.checkHomeScreenStatus(),
  shareMessage: (id) => sdk.shareMessage(id).then(() => true, () => false),
};
viewport.mount().then(() => {
  sdk.miniAppReady();
  document.body.append('ready');
});
