/**
 * Starts the window: makes its parts, wires them, opens what the address asks for.
 */

import { App } from './app/app.js';
import { SENSES } from './app/senses.js';
import { ChatView } from './chat/chat.js';
import { createDesk } from './desk/desk.js';
import { FaultBook, NO_FAULTS } from './faults.js';
import { createHand } from './hand.js';
import { createFollow } from './links.js';
import { createPanels } from './panels.js';
import { remember, startSettings } from './parts/address.js';
import { setNetwork } from './parts/api.js';
import { h } from './parts/dom.js';
import { createLayers } from './parts/layers.js';
import { createStore } from './parts/store.js';
import { createToasts } from './parts/toast.js';
import { createPayments } from './pay/sheet.js';
import { createPeople } from './people.js';
import { Session } from './session.js';
import { createStage } from './stage.js';
import { createWaiting } from './waiting.js';

/** @type {import('./parts/store.js').Store} */
const store = createStore(/** @type {import('./types.js').State} */ ({
  bots: [], people: [], bot: null, person: null, communities: [], community: null, chat: null, action: '', line: 'connecting',
  faults: NO_FAULTS, time: null, sideways: false, locked: null, senses: SENSES, ...startSettings(),
}));
const session = new Session(store);
const faults = new FaultBook(store, session);

const layerRoot = h('div.layers');
const toastRoot = h('div.toasts');
/** A Mini App to open as soon as there is a bot. */
let wanted = '';
const waiting = createWaiting((url) => {
  wanted = url;
  session.makeBot(url).catch((error) => toast(error.message, 'alert'));
});
const layers = createLayers(layerRoot, () => (app.covers() ? [chat.element, app.sheet] : [app.sheet, chat.element]));
const toast = createToasts(toastRoot);
const pay = createPayments({ store, session, layers, toast });

/** @type {import('./app/host.js').Go} */
const go = {
  follow: (url) => follow(url),
  launch: (wish) => app.launch(wish),
  pay,
  toDesk: () => panels.show('desk'),
  draft: (text) => chat.draft(text),
};
const app = new App({ store, session, layers, toast, go });
const chat = new ChatView({
  store, session, layers, toast, go,
  showPeople: () => panels.show('people'), showDesk: () => panels.show('desk'),
});
const follow = createFollow({ store, layers, session, launch: app.launch, pay, minimise: app.minimise, say: chat.say, toast });

const hand = createHand({ store, toast, swipe: app.swipe });
const stage = createStage({ store, floors: [waiting, chat.element, app.bar, app.sheet], layers: layerRoot, toasts: toastRoot, hand });
const panels = createPanels({
  people: createPeople({ store, session, toast, chosen: () => panels.hide() }),
  stage,
  desk: createDesk({ store, session, faults, toast, launch: (wish) => (panels.hide(), app.launch(wish)) }),
});
document.body.append(panels.element);

store.watch(['network'], ({ network }) => setNetwork(network));
store.watch(['theme'], ({ theme }) => { document.documentElement.dataset.theme = theme; });
store.watch(['bot'], ({ bot }) => {
  waiting.hidden = Boolean(bot);
  chat.element.hidden = !bot;
});
store.watch(['theme', 'platform', 'version', 'frame', 'notch', 'tab', 'person', 'bot'], (state) => state.person && remember(state));

session.start().then(
  (wishes) => {
    const { bot } = store.state;
    const { startParam } = wishes;
    const isDeep = startParam !== undefined;
    const how = { from: isDeep ? 'direct_link' : 'menu_button', startParam, fullscreen: store.state.fullscreen };
    const given = wanted || wishes.url;
    if (given) return app.launch({ url: given, ...how });
    if (!wishes.open || !bot) return undefined;
    return app.launch({ url: isDeep ? undefined : bot.menu_button?.web_app?.url, ...how });
  },
  (error) => toast(error.message, 'alert', 'The window could not start'),
);
