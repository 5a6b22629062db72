/**
 * How large the Mini App is and what may cover it: viewport, safe areas, fullscreen.
 */

/** @typedef {import('../types.js').Insets} Insets */

/** Depths of a phone with a notch, px (390 × 844 of the common size). */
export const NOTCH = { top: 47, bottom: 34 };
/** Room of the floating buttons in fullscreen, px: phones, and Web K's own 56. */
const FLOATING = { phone: 46, web: 56 };
/** A size that rests this long is stable, ms. */
const REST_MS = 120;
/** While the sheet moves, the app is told at most this often, ms. */
const MOVE_MS = 80;

/** @type {Insets} */
const NONE = { top: 0, bottom: 0, left: 0, right: 0 };

/**
 * @param {object} parts
 * @param {HTMLElement} parts.sheet
 * @param {import('../parts/store.js').Store} parts.store
 * @param {() => HTMLIFrameElement | null} parts.frame
 * @param {() => boolean} parts.footVisible
 * @param {(name: string, data: any) => void} parts.post
 */
export function createView({ sheet, store, frame, footVisible, post }) {
  let expanded = false;
  let fullscreen = false;
  let last = '';
  let lastSafe = '';
  let lastContent = '';
  let resting = 0;
  let movedAt = 0;

  const phone = () => ['phone', 'tablet', 'full'].includes(store.state.frame);
  const notch = () => phone() && store.state.notch;

  /** @returns {Insets} what the device itself covers */
  function safeArea() {
    if (!notch()) return NONE;
    return { ...NONE, top: fullscreen ? NOTCH.top : 0, bottom: footVisible() ? 0 : NOTCH.bottom };
  }

  /** @returns {Insets} what Telegram's own buttons cover */
  function contentSafeArea() {
    return { ...NONE, top: fullscreen ? (phone() ? FLOATING.phone : FLOATING.web) : 0 };
  }

  /** @param {boolean} stable */
  function sendViewport(stable) {
    const element = frame();
    if (!element) return;
    const data = { height: element.offsetHeight, width: element.offsetWidth, is_expanded: expanded || fullscreen, is_state_stable: stable };
    last = `${data.height}×${data.width} ${data.is_expanded}`;
    post('viewport_changed', data);
  }

  const sendSafeArea = () => post('safe_area_changed', safeArea());
  const sendContentSafeArea = () => post('content_safe_area_changed', contentSafeArea());

  /** The frame changed its size: tell at once as unstable, and again when it rests. */
  function resized() {
    const element = frame();
    if (!element || last === `${element.offsetHeight}×${element.offsetWidth} ${expanded || fullscreen}`) return;
    if (Date.now() - movedAt > MOVE_MS) {
      movedAt = Date.now();
      sendViewport(false);
    }
    clearTimeout(resting);
    resting = window.setTimeout(() => sendViewport(true), REST_MS);
  }
  const observer = new ResizeObserver(resized);

  /** Tells of new safe areas, if they changed. */
  function areasMoved() {
    sheet.classList.toggle('fullscreen', fullscreen);
    const [safe, content] = [safeArea(), contentSafeArea()].map((insets) => JSON.stringify(insets));
    if (frame() && safe !== lastSafe) sendSafeArea();
    if (frame() && content !== lastContent) sendContentSafeArea();
    [lastSafe, lastContent] = [safe, content];
  }
  store.watch(['notch', 'frame'], areasMoved);

  return {
    sendViewport,
    sendSafeArea,
    sendContentSafeArea,
    areasMoved,
    isFullscreen: () => fullscreen,
    isExpanded: () => expanded,
    /** @param {boolean} on */
    setExpanded(on) {
      if (expanded === on) return;
      expanded = on;
      sheet.classList.toggle('expanded', on);
      /** A sheet that does not move (full frame) changes its state all the same. */
      setTimeout(() => frame() && resized(), 0);
    },
    /** @param {boolean} on */
    setFullscreen(on) {
      fullscreen = on;
      areasMoved();
    },
    /** A new app starts here. @param {HTMLIFrameElement} element @param {{expanded: boolean, fullscreen: boolean}} start */
    begin(element, start) {
      ({ expanded, fullscreen } = start);
      last = '';
      sheet.classList.toggle('expanded', expanded);
      sheet.classList.toggle('fullscreen', fullscreen);
      [lastSafe, lastContent] = [safeArea(), contentSafeArea()].map((insets) => JSON.stringify(insets));
      observer.observe(element);
    },
    end() {
      observer.disconnect();
      clearTimeout(resting);
    },
  };
}
