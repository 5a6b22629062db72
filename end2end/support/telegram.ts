import { TOKEN } from "./servers.ts";

/** A person in the sandbox. */
export interface User {
  id: number;
  first_name: string;
  language_code?: string;
  is_premium?: boolean;
}

/** What is set to go wrong, as far as the tests look at it. */
export interface Faults {
  methods: Record<string, unknown>[];
  updates: Record<string, unknown>[];
  payments: Record<string, unknown>[];
  webhook: { outage: boolean; delay_ms: number };
}

/** How a payment is to end: see the sandbox's `POST /api/pay`. */
export type Outcome =
  | "cancelled"
  | "failed_but_paid"
  | "cancelled_but_paid"
  | "pending"
  | "lost_update"
  | "double_update";

/** The sandbox's control API, as far as the tests need it. */
export class Telegram {
  constructor(readonly address: string) {}

  private async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${this.address}/api/${path}`, {
      method,
      headers: { "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} /api/${path}: ${answer.status} ${text}`);
    return (text ? JSON.parse(text) : undefined) as T;
  }

  /** Makes a person with so many Stars, who has started the bot. */
  async newUser(options: { name?: string; stars?: number; language?: string; started?: boolean } = {}) {
    const user = await this.call<User>("POST", "users", {
      first_name: options.name ?? "Mila",
      language_code: options.language ?? "en",
      stars: options.stars ?? 1000,
    });
    if (options.started ?? true) await this.say(user, "/start");
    return user;
  }

  /** Sends a text to the bot, as the user, or in a group or channel. */
  say(user: User, text: string, chat_id?: number) {
    return this.call("POST", "messages", { token: TOKEN, user_id: user.id, text, chat_id });
  }

  /** Launch data for the shop, made and signed as Telegram does. */
  launch(user: User, start_param?: string) {
    return this.call<{ url: string; init_data: string }>("POST", "launch", {
      token: TOKEN,
      user_id: user.id,
      start_param,
    });
  }

  /** Pays an invoice without the window. */
  pay(slug: string, user: User, outcome?: Outcome) {
    return this.call<{ status: string; charge_id?: string; error_message?: string }>(
      "POST",
      "pay",
      { slug, user_id: user.id, outcome },
    );
  }

  /** All messages between the user and the bot. */
  chat(user: User) {
    return this.messages(user.id);
  }

  /** All messages in a chat, a group or a channel. */
  async messages(chat: number) {
    const path = `chats/${chat}?token=${encodeURIComponent(TOKEN)}`;
    return (await this.call<{ messages: Record<string, any>[] }>("GET", path)).messages;
  }

  /** Takes the updates that wait for the tests' bot, as it would, until some are of this kind. */
  async updates(kind: string) {
    for (let offset = 0; ; ) {
      const got = await this.botCall<Record<string, any>[]>("getUpdates", { offset, timeout: 10 });
      const found = got.filter((update) => kind in update);
      if (found.length || !got.length) return found;
      offset = got.at(-1)!.update_id + 1;
    }
  }

  /** The user's Star balance. */
  async balance(user: User): Promise<number> {
    return (await this.call<{ stars: number }>("GET", `users/${user.id}`)).stars;
  }

  /** Sets what is to go wrong; `{}` for nothing. See the sandbox's `PUT /api/faults`. */
  faults(faults: unknown) {
    return this.call("PUT", "faults", faults);
  }

  /** Moves the sandbox's clock on. */
  advance(seconds: number) {
    return this.call("POST", "clock", { advance_seconds: seconds });
  }

  /** What is set to go wrong now. */
  faultsSet() {
    return this.call<Faults>("GET", "faults");
  }

  /** What the sandbox's clock shows. */
  time() {
    return this.call<{ now: number; offset_seconds: number }>("GET", "time");
  }

  /** All people. */
  users() {
    return this.call<(User & { stars: number })[]>("GET", "users");
  }

  /** A person as the sandbox knows them now. */
  user(user: User) {
    return this.call<User & { stars: number }>("GET", `users/${user.id}`);
  }

  /** Plays a script about the tests' bot from now on. */
  play(steps: object[]) {
    return this.call<{ steps: number }>("POST", "script", { token: TOKEN, seed: 1, steps });
  }

  /** Changes what a person is. */
  changeUser(user: User, change: { is_premium?: boolean }) {
    return this.call<User>("PATCH", `users/${user.id}`, change);
  }

  /** The person's subscriptions to the tests' bot. */
  subscriptions(user: User) {
    const query = new URLSearchParams({ token: TOKEN, user_id: String(user.id) });
    return this.call<{ charge_id: string; amount: number; standing: string }[]>("GET", `subscriptions?${query}`);
  }

  /** What a buyer does about a subscription. */
  actOnSubscription(charge_id: string, action: string) {
    return this.call("POST", "subscriptions", { token: TOKEN, charge_id, action });
  }

  /** Makes a group or channel of the tests' bot; gives its id. */
  async found(owner: User, kind: "supergroup" | "channel", title: string) {
    const made = await this.call<{ id: number }>("POST", "communities", { token: TOKEN, kind, title, owner_id: owner.id });
    return made.id;
  }

  /** Follows an invite link. */
  join(user: User, invite_link: string) {
    return this.call("POST", "joins", { user_id: user.id, invite_link });
  }

  /** What the sandbox does where Telegram's behaviour is not known. */
  choices() {
    return this.call<Record<string, boolean>>("GET", "choices");
  }

  /** Chooses anew; `{}` for what is likeliest. */
  choose(choices: Record<string, boolean>) {
    return this.call("PUT", "choices", choices);
  }

  /** A call of the Bot API as the tests' bot. */
  async botCall<T>(method: string, parameters: object): Promise<T> {
    const answer = await fetch(`${this.address}/bot${TOKEN}/${method}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(parameters),
    });
    const { ok, result, description } = await answer.json();
    if (!ok) throw new Error(`${method}: ${description}`);
    return result;
  }

  /** The same with files sent along; objects and lists go as JSON, as clients send them. */
  async upload(method: string, parameters: Record<string, unknown>, files: Record<string, Buffer>) {
    const form = new FormData();
    for (const [name, value] of Object.entries(parameters)) {
      form.set(name, typeof value === "object" ? JSON.stringify(value) : String(value));
    }
    for (const [name, bytes] of Object.entries(files)) form.set(name, new Blob([bytes]), name);
    const answer = await fetch(`${this.address}/bot${TOKEN}/${method}`, { method: "POST", body: form });
    const { ok, description } = await answer.json();
    if (!ok) throw new Error(`${method}: ${description}`);
  }

  /** What the person allows the shop's bot. */
  access(user: User) {
    return this.call<{ can_write: boolean; started: boolean; blocked: boolean }>(
      "GET",
      `chats/${user.id}?token=${encodeURIComponent(TOKEN)}`,
    );
  }
}
