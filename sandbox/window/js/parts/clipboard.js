/**
 * Puts text on the clipboard; false when the browser refuses (no gesture, no focus).
 * @param {string} text
 */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
