import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { SDKS, type Sdk } from "./sdks.ts";

/** Serves each SDK's tiny Mini App at `/<page>`, on a port of its own, as any developer's server would. */
export async function servePages(sandbox: string) {
  const server = createServer((request, response) => {
    const [, name = "", part] = new URL(request.url ?? "/", "http://pages").pathname.split("/");
    const sdk = SDKS.find(({ page }) => page === name);
    const type = part ? "text/javascript" : "text/html";
    response.writeHead(sdk ? 200 : 404, { "content-type": `${type}; charset=utf-8` });
    response.end(sdk && body(sdk, part, sandbox));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    url: (sdk: Sdk) => `http://127.0.0.1:${port}/${sdk.page}`,
    stop: () => new Promise((done) => server.close(done)),
  };
}

function body(sdk: Sdk, part: string | undefined, sandbox: string) {
  if (part === "drive.js") return readFileSync(join(import.meta.dirname, "pages", `${sdk.page}.js`));
  if (part === "sdk.js" && "file" in sdk.script) return readFileSync(sdk.script.file);
  const script = "path" in sdk.script ? sandbox + sdk.script.path : `/${sdk.page}/sdk.js`;
  return `<!doctype html><html lang="en"><title>${sdk.name}</title><link rel="icon" href="data:,">
<body><script src="${script}"></script><script type="module" src="/${sdk.page}/drive.js"></script></body></html>`;
}
