/**
 * Building the page: one function that makes an element, one that empties and fills it.
 */

/** @typedef {Node | string | number | null | undefined | false} Child */

/** Set as properties: an attribute of the same name would only set the initial value. */
const PROPERTIES = new Set(['value', 'checked', 'disabled', 'hidden', 'inert', 'selected', 'srcdoc']);

/**
 * @param {Element} element
 * @param {Record<string, any>} props
 */
export function assign(element, props) {
  for (const [name, value] of Object.entries(props)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'testid') element.setAttribute('data-testid', value);
    else if (name === 'style') {
      for (const [key, text] of Object.entries(value)) {
        /** @type {HTMLElement} */ (element).style.setProperty(key, String(text));
      }
    } else if (PROPERTIES.has(name)) Object.assign(element, { [name]: value });
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value != null) element.setAttribute(name, String(value));
  }
}

/**
 * Makes an element. `tag` may carry classes: `h('button.cell.wide', {onclick}, 'Pay')`.
 * @param {string} tag
 * @param {Record<string, any>} [props] attributes, `on…` listeners, `testid`, `style`
 * @param {...(Child | Child[])} children
 * @returns {HTMLElement}
 */
export function h(tag, props = {}, ...children) {
  const [name, ...classes] = tag.split('.');
  const element = document.createElement(name);
  if (classes.length) element.className = classes.join(' ');
  if (name === 'button' && !('type' in props)) element.setAttribute('type', 'button');
  fill(element, ...children);
  assign(element, props);
  return element;
}

/**
 * Replaces what an element holds.
 * @param {Element} element
 * @param {...(Child | Child[])} children
 */
export function fill(element, ...children) {
  const nodes = children.flat().filter((child) => child !== null && child !== undefined && child !== false);
  element.replaceChildren(...nodes.map((child) => (child instanceof Node ? child : String(child))));
}

/**
 * Replaces a list's rows; the one that had the focus keeps it, told by its `testid`.
 * @param {Element} element
 * @param {...(Child | Child[])} children
 */
export function refill(element, ...children) {
  const { activeElement } = document;
  const held = activeElement && element.contains(activeElement) && activeElement.getAttribute('data-testid');
  fill(element, ...children);
  if (!held) return;
  const again = element.querySelector(`[data-testid="${CSS.escape(held)}"]`);
  /** @type {HTMLElement | null} */ (again)?.focus({ preventScroll: true });
}

/**
 * Makes `element` hold exactly `nodes`, moving only what is out of place: focus and
 * scroll stay with nodes that were there already.
 * @param {Element} element
 * @param {Node[]} nodes
 */
export function arrange(element, nodes) {
  let at = element.firstChild;
  for (const node of nodes) {
    if (node === at) at = at.nextSibling;
    else element.insertBefore(node, at);
  }
  while (at) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
}

/** @param {number} ms */
export const wait = (ms) => new Promise((done) => setTimeout(done, ms));

/** True when the reader asked for less motion; then nothing slides, bursts or shines. */
export const calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;
