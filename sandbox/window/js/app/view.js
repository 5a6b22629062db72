/**
 * How large the Mini App is and what may cover it: viewport, safe areas, fullscreen.
 */

/** @typedef {import('../types.js').Insets} Insets */

/** Room of Web K's own floating buttons in fullscreen, px. */
const WEB_TOP = 56;
/** A size that rests this long is stable, ms. */
const REST_MS = 120;
/** While the sheet moves, the app is told at most this often, ms. */
const MOVE_MS = 80;

/** @type {Insets} */
const NONE = { top: 0, bottom: 0, left: 0, right: 0 };

export class View {
  #parts;
  #expanded = false;
  #fullscreen = false;
  /** What the app was last told, as text. */
  #told = { size: '', safe: '', content: '' };
  #resting = 0;
  #movedAt = 0;
  #observer = new ResizeObserver(() => this.#resized());

  /**
   * @param {object} parts
   * @param {HTMLElement} parts.sheet
   * @param {import('../parts/store.js').Store} parts.store
   * @param {() => HTMLIFrameElement | null} parts.frame
   * @param {() => boolean} parts.footVisible
   * @param {(name: string, data: any) => void} parts.post
   */
  constructor(parts) {
    this.#parts = parts;
    parts.store.watch(['notch', 'frame', 'insets', 'contentTop'], () => this.areasMoved());
  }

  isFullscreen() {
    return this.#fullscreen;
  }

  isExpanded() {
    return this.#expanded;
  }

  /** @returns {Insets} what the device itself covers */
  safeArea() {
    const { notch, insets } = this.#parts.store.state;
    if (!this.#isPhone() || !notch) return NONE;
    return { ...insets, top: this.#fullscreen ? insets.top : 0, bottom: this.#parts.footVisible() ? 0 : insets.bottom };
  }

  /** @returns {Insets} what Telegram's own buttons cover */
  contentSafeArea() {
    return { ...NONE, top: this.#fullscreen ? (this.#isPhone() ? this.#parts.store.state.contentTop : WEB_TOP) : 0 };
  }

  sendSafeArea() {
    this.#parts.post('safe_area_changed', this.safeArea());
  }

  sendContentSafeArea() {
    this.#parts.post('content_safe_area_changed', this.contentSafeArea());
  }

  /** @param {boolean} stable */
  sendViewport(stable) {
    const frame = this.#parts.frame();
    if (!frame) return;
    this.#told.size = this.#size(frame);
    this.#parts.post('viewport_changed', {
      height: frame.offsetHeight, width: frame.offsetWidth,
      is_expanded: this.#expanded || this.#fullscreen, is_state_stable: stable,
    });
  }

  /** Tells of new safe areas, if they changed. */
  areasMoved() {
    const { sheet, frame } = this.#parts;
    sheet.classList.toggle('fullscreen', this.#fullscreen);
    const before = { ...this.#told };
    this.#noteAreas();
    if (frame() && before.safe !== this.#told.safe) this.sendSafeArea();
    if (frame() && before.content !== this.#told.content) this.sendContentSafeArea();
  }

  /** @param {boolean} on */
  setExpanded(on) {
    if (this.#expanded === on) return;
    this.#expanded = on;
    this.#parts.sheet.classList.toggle('expanded', on);
    /* A sheet that does not move (full frame) changes its state all the same. */
    setTimeout(() => this.#resized(), 0);
  }

  /** @param {boolean} on */
  setFullscreen(on) {
    this.#fullscreen = on;
    this.areasMoved();
  }

  /** A new app starts here. @param {HTMLIFrameElement} frame @param {{expanded: boolean, fullscreen: boolean}} start */
  begin(frame, start) {
    this.#expanded = start.expanded;
    this.#fullscreen = start.fullscreen;
    this.#told.size = '';
    const { classList } = this.#parts.sheet;
    classList.toggle('expanded', start.expanded);
    classList.toggle('fullscreen', start.fullscreen);
    this.#noteAreas();
    this.#observer.observe(frame);
  }

  end() {
    this.#observer.disconnect();
    clearTimeout(this.#resting);
  }

  #isPhone() {
    return this.#parts.store.state.frame !== 'desktop';
  }

  #noteAreas() {
    this.#told.safe = JSON.stringify(this.safeArea());
    this.#told.content = JSON.stringify(this.contentSafeArea());
  }

  /** @param {HTMLIFrameElement} frame */
  #size(frame) {
    return `${frame.offsetWidth}×${frame.offsetHeight} ${this.#expanded || this.#fullscreen}`;
  }

  /** The frame changed its size: tell at once as unstable, and again when it rests. */
  #resized() {
    const frame = this.#parts.frame();
    if (!frame || this.#told.size === this.#size(frame)) return;
    if (Date.now() - this.#movedAt > MOVE_MS) {
      this.#movedAt = Date.now();
      this.sendViewport(false);
    }
    clearTimeout(this.#resting);
    this.#resting = window.setTimeout(() => this.sendViewport(true), REST_MS);
  }
}
