import { test as base } from "./fixtures.ts";
import { type Servers, startSandbox } from "./servers.ts";

/** The window of a sandbox without a shop: its bot is a token and nothing behind it. */
export const test = base.extend<object, { servers: Servers }>({
  servers: [
    async ({}, use, worker) => {
      const sandbox = await startSandbox(`alone-${worker.workerIndex}`);
      const none = () => {
        throw new Error("there is no shop here");
      };
      await use({ sandbox: sandbox.url, shop: "http://127.0.0.1:9", command: none, restartShop: none, stop: sandbox.stop });
      await sandbox.stop();
    },
    { scope: "worker" },
  ],
});

export { expect } from "./fixtures.ts";
