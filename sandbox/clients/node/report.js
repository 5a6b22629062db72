/** Runs a suite's checks in order and prints each outcome as a line of JSON. */

/** How long a check may take, ms: a bound for a loaded machine, never the measure of anything. */
const PATIENCE = 60_000;

const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

/** What the bot was told, to be waited for. */
export class Inbox {
  #items = [];
  #waiting = [];

  put(kind, item) {
    this.#items.push({ kind, item });
    for (const look of this.#waiting.splice(0)) look();
  }

  /** The oldest of this kind that fits and that nobody took yet. */
  async take(kind, fits = () => true) {
    for (;;) {
      const at = this.#items.findIndex((found) => found.kind === kind && fits(found.item));
      if (at >= 0) return this.#items.splice(at, 1)[0].item;
      await new Promise((resolve) => this.#waiting.push(resolve));
    }
  }

  /** What waits of this kind. */
  all(kind) {
    return this.#items.filter((found) => found.kind === kind).map(({ item }) => item);
  }

  /** Forgets what waits of this kind. */
  forget(kind) {
    this.#items = this.#items.filter((found) => found.kind !== kind);
  }
}

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Runs the checks with `world` and ends the program: 1 when one failed. */
export async function run(client, version, checks, world) {
  say({ client, version });
  let failed = false;
  for (const [name, check] of Object.entries(checks)) {
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error('took too long')), PATIENCE);
    });
    try {
      await Promise.race([check(world), late]);
      say({ check: name, outcome: 'passed' });
    } catch (error) {
      failed = true;
      say({ check: name, outcome: 'failed', why: String(error.stack ?? error) });
    }
    clearTimeout(timer);
  }
  await world.close?.();
  process.exit(failed ? 1 : 0);
}
