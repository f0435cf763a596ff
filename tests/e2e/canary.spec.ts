// No token stands where it must not. The whole system lives through a working day with everything logged; then
// all that it left behind is searched for every token and secret that was given out in it.
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext } from "@playwright/test";
import { client } from "../../scripts/lib/client.mjs";
import { picture } from "../../scripts/lib/picture.mjs";
import { startStack } from "../../scripts/lib/stack.mjs";
import { freePort } from "../../scripts/lib/wait.mjs";
import { cardOn, expect, launch, signInOnForm, test, type Stack } from "./fixtures";

/** Something that must not be found, and what it is. */
type Secret = { what: string; value: string };

/** A place that was searched. */
type Place = { where: string; bytes: Buffer };

test("no token reaches an address, a storage, a log, a file or an error", async () => {
  test.slow();
  const folder = mkdtempSync(join(tmpdir(), "eloops-canary-"));
  const profile = mkdtempSync(join(tmpdir(), "eloops-canary-profile-"));
  const log = openSync(join(folder, "log"), "a");
  const stack = await startStack({
    profile: "debug",
    folder,
    ports: { server: await freePort(), sandbox: await freePort() },
    env: { ELOOPS_SYNC_EVERY: "off", RUST_LOG: "trace" },
    log,
  });
  try {
    const system = { ...stack, ...client(stack) } as Stack;
    const seen = await liveADay(system, profile);
    const secrets = [...seen.secrets, ...(await issued(system))];
    expect(secrets.map(({ what }) => what), "kinds of secrets that were looked for").toEqual(
      expect.arrayContaining(["session", "pairing secret", "access_token", "refresh_token", "id_token"]),
    );
    await stack.stop();
    const places = [...seen.places, ...files(folder, "server"), ...files(profile, "browser profile")];
    expect(places.length, "places that were searched").toBeGreaterThan(50);
    expect(found(secrets, places)).toEqual([]);
  } finally {
    await stack.stop();
    closeSync(log);
    rmSync(folder, { recursive: true, force: true });
    rmSync(profile, { recursive: true, force: true });
  }
});

test("the search finds what it is looking for", () => {
  const secret = { what: "session", value: "els_canary-0123456789" };
  const places = [
    { where: "plain", bytes: Buffer.from(`x=${secret.value};`) },
    { where: "wide", bytes: Buffer.from(secret.value, "utf16le") },
    { where: "clean", bytes: Buffer.from("nothing here") },
  ];
  expect(found([secret], places)).toEqual(["session in plain", "session in wide"]);
});

/** Signs in, looks, uploads, fails in several ways, signs out, syncs; gives what was handed out and what was seen. */
async function liveADay(stack: Stack, profile: string): Promise<{ secrets: Secret[]; places: Place[] }> {
  stack.sync("in");
  const context = await launch(profile);
  const secrets: Secret[] = [{ what: "client secret", value: "sandbox-secret" }];
  const places: Place[] = [];
  const bodies: Promise<void>[] = [];
  context.on("request", (request) => {
    places.push({ where: `address ${request.url()}`, bytes: Buffer.from(request.url()) });
    const secret = request.url().endsWith("/auth/claim") && request.postDataJSON()?.secret;
    if (secret) secrets.push({ what: "pairing secret", value: secret });
  });
  context.on("response", (response) => {
    // A document's body is not always to be had; what became of it is searched in the page.
    if (response.request().resourceType() === "document") return;
    bodies.push(
      (async () => {
        const handsOut = /\/auth\/(claim|refresh)$/.test(response.url());
        const body = await response.body().catch(() => Buffer.alloc(0));
        if (handsOut && response.ok()) {
          const { session } = JSON.parse(body.toString());
          if (session) secrets.push({ what: "session", value: session });
        } else {
          places.push({ where: `answer of ${response.url()}`, bytes: body });
        }
      })(),
    );
  });
  context.on("console", (message) => places.push({ where: "console", bytes: Buffer.from(message.text()) }));

  const page = await signInOnForm(context, stack, "000001", "Guy Gilbert");
  const card = cardOn(page);
  await expect(card.getByTestId("coins")).toBeVisible();
  await card.locator("input[type=file]").setInputFiles({ name: "hills.png", mimeType: "image/png", buffer: picture(3) });
  await card.getByRole("button", { name: "Post" }).click();
  await expect(card.getByTestId("uploads")).toHaveText("1");
  places.push(...(await inBrowser(context)));
  await card.getByRole("button", { name: "Sign out" }).click();
  await expect(card.getByRole("button", { name: "Sign in" })).toBeVisible();
  places.push(...(await inBrowser(context)));
  await Promise.all(bodies);
  await context.close();

  places.push(...(await refusals(stack, secrets)));
  stack.sync("out");
  return { secrets, places };
}

/** Sends good tokens to the wrong places and bad ones to the right places; gives the answers. */
async function refusals(stack: Stack, secrets: Secret[]): Promise<Place[]> {
  const token = await stack.token("000001");
  const ended = secrets.find(({ what }) => what === "session")?.value ?? "";
  const bearer = (value: string) => ({ headers: { authorization: `Bearer ${value}` } });
  const expired = await stack.control("POST", "tokens", {
    worker: "000001", audience: "api://eloops", scopes: ["access_as_user"], lifetime_s: -900,
  });
  const asked: [string, string, RequestInit][] = [
    ["an ended session", "/api/v1/me", bearer(ended)],
    ["an expired token", "/api/v1/me", bearer(expired.access_token)],
    ["a changed token", "/api/v1/me", bearer(`${token}x`)],
    ["a stranger's look", "/api/v1/workers/000112/activity", bearer(token)],
    ["a token as a session", "/auth/sign-out", { method: "POST", ...bearer(token) }],
    ["a token as a parameter", "/api/v1/me?limit=x", bearer(token)],
    ["a wrong body", "/api/v1/me/uploads", { method: "POST", body: token, ...bearer(token) }],
    ["measurements", "/metrics", {}],
  ];
  return Promise.all(
    asked.map(async ([where, path, request]) => {
      const answer = await fetch(stack.server + path, request);
      const headers = [...answer.headers].map((header) => header.join(": ")).join("\n");
      return { where: `answer to ${where}`, bytes: Buffer.from(`${headers}\n${await answer.text()}`) };
    }),
  );
}

/** What every frame of every page holds: its address, its nodes, its storages, its entries for measurements. */
async function inBrowser(context: BrowserContext): Promise<Place[]> {
  const frames = context.pages().flatMap((page) => page.frames());
  const held = await Promise.all(frames.map(async (frame) => ({ frame, text: await frame.evaluate(holdings) })));
  const cookies = { where: "cookies", bytes: Buffer.from(JSON.stringify(await context.cookies())) };
  return [cookies, ...held.map(({ frame, text }) => ({ where: `the page ${frame.url()}`, bytes: Buffer.from(text) }))];
}

const holdings = async (): Promise<string> => {
  const nodes = (root: ParentNode): string =>
    [...root.querySelectorAll("*")].map((node) => node.outerHTML + (node.shadowRoot ? nodes(node.shadowRoot) : "")).join("");
  // An empty page has no storage of its own.
  const held = async (what: () => unknown) => JSON.stringify(await Promise.resolve().then(what).catch(String));
  const parts = [
    location.href, window.name, nodes(document), await held(() => history.state), await held(() => document.cookie),
    await held(() => ({ ...localStorage })), await held(() => ({ ...sessionStorage })), await held(() => indexedDB.databases()),
    await held(() => caches.keys()), await held(() => performance.getEntries()),
  ];
  return parts.join("\n");
};

/** Every token that the sandbox issued. */
async function issued(stack: Stack): Promise<Secret[]> {
  const tokens: { kind: string; value: string }[] = await stack.control("GET", "tokens");
  return tokens.map(({ kind, value }) => ({ what: kind, value }));
}

/** All files below a folder. */
function files(folder: string, what: string): Place[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => ({ where: `${what}: ${name}`, bytes: readFileSync(join(folder, name)) }));
}

/** Which secrets stand where; of a signed token the signature is enough to look for. */
function found(secrets: Secret[], places: Place[]): string[] {
  const values = secrets.map(({ what, value }) => ({ what, value: value.split(".").at(-1) ?? value }));
  return places.flatMap(({ where, bytes }) =>
    values
      .filter(({ value }) => bytes.includes(value) || bytes.includes(Buffer.from(value, "utf16le")))
      .map(({ what }) => `${what} in ${where}`),
  );
}
