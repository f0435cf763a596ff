// A host page and a stranger's page around the frame, each on an origin of its own and on another site than the
// frame. The server behind the frame is made up (www/dev/serve.mjs); the browser and its sites are real.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { serve } from "../../../www/dev/serve.mjs";
import { test as base } from "../fixtures";

export const AUDIENCE = "api://eloops";
/** A token of the right form that the server takes. */
export const TOKEN = "aG9uZXN0.dG9rZW4.c2lnbmF0dXJl";

/** The frame's question as the host hears it. */
export interface Request {
  type: string;
  version: number;
  nonce: string;
  audience: string;
  claims?: string;
  origin: string;
}

/** The sites, and what reached the server. */
export interface Stand {
  host: string;
  stranger: string;
  eloops: string;
  /** Bearers of the API's requests, each once, in order. */
  bearers: Set<string | undefined>;
  /** The token that the server takes. */
  accepted: string;
}

const page = (frame: string): string => `<!doctype html><title>Host</title>
<iframe name="card" title="Eloops" src="${frame}" style="width:600px;height:700px"></iframe>
<script>window.requests = []; addEventListener("message", ({ data, origin }) => requests.push({ ...data, origin }))</script>`;

export const test = base.extend<{ stand: Stand }>({
  stand: async ({}, use) => {
    let frame = "";
    const sites = [0, 1].map(() =>
      createServer((request, answer) => {
        const { pathname, search } = new URL(request.url!, "http://localhost");
        answer.setHeader("content-type", "text/html").end(pathname === "/empty" ? "<!doctype html>" : page(frame + search));
      }));
    const [host, stranger] = await Promise.all(
      sites.map((site) => new Promise<string>((resolve) => site.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${(site.address() as AddressInfo).port}`)))));
    const stand: Stand = { host: host!, stranger: stranger!, eloops: "", bearers: new Set(), accepted: TOKEN };
    const server = await serve({
      settings: { audience: AUDIENCE, token_hosts: [stand.host] },
      admits: (bearer: string | undefined) => {
        stand.bearers.add(bearer);
        return bearer === stand.accepted;
      },
    });
    stand.eloops = server.address;
    frame = `${server.address}/frame/`;
    await use(stand);
    await server.stop();
    for (const site of sites) {
      site.closeAllConnections();
      await new Promise((resolve) => site.close(resolve));
    }
  },
});

/** The frame's question with this place among them, once it is asked. */
export async function request(page: Page, place = 0): Promise<Request> {
  const asked = await page.waitForFunction((at) => (window as unknown as { requests: Request[] }).requests[at], place);
  return (await asked.jsonValue()) as Request;
}

/** Posts a message from the host to the frame. */
export const post = (page: Page, message: unknown): Promise<void> => page.evaluate((data) => frames[0]!.postMessage(data, "*"), message);

/** The honest answer to a question. */
export const answer = (page: Page, { nonce, audience }: Request, token = TOKEN): Promise<void> =>
  post(page, { type: "eloops:token", version: 1, nonce, audience, token });

/** The host says that it is one. */
export const greet = (page: Page, { nonce }: Request): Promise<void> => post(page, { type: "eloops:host", version: 1, nonce });
