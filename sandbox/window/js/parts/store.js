/**
 * One object of state, and a way to be told which keys changed.
 */

/**
 * @template {object} T
 * @param {T} state
 */
export function createStore(state) {
  /** @type {Set<{keys: (keyof T)[], run: (state: T) => void}>} */
  const watchers = new Set();
  return {
    /** Read it freely; change it only with `set`. */
    state,

    /** @param {Partial<T>} patch */
    set(patch) {
      const changed = /** @type {(keyof T)[]} */ (Object.keys(patch)).filter(
        (key) => !Object.is(state[key], patch[key]),
      );
      if (!changed.length) return;
      Object.assign(state, patch);
      for (const watcher of [...watchers]) {
        if (watcher.keys.some((key) => changed.includes(key))) watcher.run(state);
      }
    },

    /**
     * Runs `run` now and whenever one of `keys` changes.
     * @param {(keyof T)[]} keys
     * @param {(state: T) => void} run
     * @returns {() => void} stops it
     */
    watch(keys, run) {
      const watcher = { keys, run };
      watchers.add(watcher);
      run(state);
      return () => watchers.delete(watcher);
    },
  };
}

/** @typedef {ReturnType<typeof createStore<import('../types.js').State>>} Store */
