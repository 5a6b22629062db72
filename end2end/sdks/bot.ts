/** A bot that says yes to every payment, as far as the SDKs need one. */
export class Bot {
  readonly token: string;
  #running = true;
  #loop: Promise<void>;

  constructor(
    readonly sandbox: string,
    readonly id: number,
  ) {
    this.token = `${id}:MINI-APPS`;
    this.#loop = this.#answer();
  }

  async call<T>(method: string, parameters: object = {}): Promise<T> {
    const answer = await fetch(`${this.sandbox}/bot${this.token}/${method}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(parameters),
    });
    const { ok, result, description } = await answer.json();
    if (!ok) throw new Error(`${method}: ${description}`);
    return result;
  }

  async #answer() {
    for (let offset = 0; this.#running; ) {
      const updates = await this.call<any[]>("getUpdates", { offset, timeout: 1 });
      for (const update of updates) {
        offset = update.update_id + 1;
        const id = update.pre_checkout_query?.id;
        if (id) await this.call("answerPreCheckoutQuery", { pre_checkout_query_id: id, ok: true });
      }
    }
  }

  /** The address of a fresh invoice. */
  invoice(stars: number) {
    const prices = [{ label: "Postcard", amount: stars }];
    const what = { title: "Postcard", description: "A picture of the sea", payload: "postcard", currency: "XTR", prices };
    return this.call<string>("createInvoiceLink", what);
  }

  async stop() {
    this.#running = false;
    await this.#loop;
  }
}
