/**
 * Pulling a sheet by its head: up opens it wholly, down closes it.
 */

/** A pull shorter than this is a slip of the finger, px. */
const PULL_PX = 90;

/**
 * @param {HTMLElement} handle
 * @param {HTMLElement} sheet
 * @param {{up: () => void, down: () => void}} acts
 */
export function pull(handle, sheet, acts) {
  let start = NaN;
  handle.addEventListener('pointerdown', (event) => {
    if (/** @type {HTMLElement} */ (event.target).closest('button') || event.button !== 0) return;
    start = event.clientY;
    handle.setPointerCapture(event.pointerId);
    sheet.classList.add('pulled');
  });
  handle.addEventListener('pointermove', (event) => {
    if (Number.isNaN(start)) return;
    sheet.style.setProperty('--pull', `${Math.max(0, event.clientY - start)}px`);
  });
  const end = (/** @type {PointerEvent} */ event) => {
    if (Number.isNaN(start)) return;
    const way = event.clientY - start;
    start = NaN;
    sheet.classList.remove('pulled');
    sheet.style.removeProperty('--pull');
    if (event.type === 'pointercancel') return;
    if (way > PULL_PX) acts.down();
    else if (way < -PULL_PX / 3) acts.up();
  };
  handle.addEventListener('pointerup', end);
  handle.addEventListener('pointercancel', end);
}
