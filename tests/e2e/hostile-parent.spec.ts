// The frame under a parent that means it harm: whatever it posts changes nothing.
import { readdirSync } from "node:fs";
import type { Frame, Page } from "@playwright/test";
import { cardOn, expect } from "./fixtures";
import { fuzz } from "./support/fuzz";
import { answer, AUDIENCE, greet, post, request, test, TOKEN } from "./support/stand";

const frame = (page: Page): Frame => page.frame({ name: "card" })!;
const COUNTED = "messages that arrived";

/** Counts the messages that arrive in the frame, under a name that no list of names holds. */
const count = (page: Page): Promise<void> =>
  frame(page).evaluate((name) => {
    const counted = window as unknown as Record<symbol, number>;
    counted[Symbol.for(name)] = 0;
    addEventListener("message", () => (counted[Symbol.for(name)]! += 1));
  }, COUNTED);

const arrived = (page: Page, expected: number): Promise<unknown> =>
  frame(page).waitForFunction(([name, all]) => (window as unknown as Record<symbol, number>)[Symbol.for(name as string)] === all, [COUNTED, expected] as const);

/** Everything of the frame that a message could have changed. */
const state = (page: Page): Promise<unknown> =>
  frame(page).evaluate(async () => ({
    page: document.documentElement.outerHTML,
    card: document.querySelector("eloops-card")?.firstElementChild?.shadowRoot?.innerHTML,
    stored: JSON.stringify([localStorage, sessionStorage, await indexedDB.databases(), await caches.keys()]),
    cookies: document.cookie,
    address: location.href,
    prototype: Object.getOwnPropertyNames(Object.prototype).sort().join(),
    globals: Object.keys(window).sort().join(),
  }));

/** What the browser says of the page: errors that nobody caught, and lines of the console. */
function complaints(page: Page): string[] {
  const heard: string[] = [];
  page.on("pageerror", (error) => heard.push(String(error)));
  page.on("console", (line) => heard.push(line.text()));
  return heard;
}

test("10,000 messages from the listed host's page that are not the protocol's change nothing", async ({ person, stand }) => {
  const page = await (await person()).newPage();
  await page.goto(`${stand.host}/?worker=drift`);
  const card = cardOn(page);
  const first = await request(page);
  expect(first.audience).toBe(AUDIENCE);
  expect(first.origin).toBe(stand.eloops);
  expect(first.nonce, "32 bytes in base64url").toMatch(/^[\w-]{43}$/);
  await greet(page, first);
  await expect(card.locator("section[data-state=loading][dir]")).toBeVisible();
  const heard = complaints(page);
  await count(page);

  const waiting = await state(page);
  const plan = { nonce: first.nonce, audience: AUDIENCE, token: TOKEN, count: 5_000 };
  await page.evaluate(fuzz, { ...plan, seed: 1, replay: false });
  await arrived(page, 5_000);
  expect(await state(page)).toEqual(waiting);
  expect([...stand.bearers], "nothing was asked with anything of it").toEqual([]);

  await answer(page, first);
  await expect(card.getByTestId("coins")).toHaveText("1,240");
  await expect(card.locator("[aria-busy=false]")).toBeVisible();
  await expect(card.locator(".tile img")).toHaveCount(4);
  const settled = await state(page);
  await page.evaluate(fuzz, { ...plan, seed: 2, replay: true });
  await arrived(page, 10_001);
  expect(await state(page), "a nonce counts once").toEqual(settled);
  await card.getByRole("button", { name: "Refresh" }).click();
  await expect(card.locator("[aria-busy=false]")).toBeVisible();
  expect([...stand.bearers]).toEqual([TOKEN]);
  const seen = [settled, await frame(page).evaluate(() => JSON.stringify(performance.getEntries()))];
  expect(JSON.stringify(seen), "the token is in memory only").not.toContain(TOKEN);
  // One made-up picture is missing on purpose.
  expect(heard.filter((line) => !line.includes("404")), "errors and lines of the console").toEqual([]);
});

test("a stranger's page is neither asked nor heard", async ({ person, stand }) => {
  const page = await (await person()).newPage();
  await page.goto(`${stand.stranger}/?worker=full`);
  await expect(cardOn(page).locator("[data-act=sign-in]:enabled"), "people sign in by the window").toBeVisible();
  const heard = complaints(page);
  await count(page);
  const before = await state(page);
  await page.evaluate(fuzz, { nonce: "n".repeat(43), audience: AUDIENCE, token: TOKEN, count: 2_000, seed: 3, replay: true });
  await arrived(page, 2_000);
  expect(await state(page)).toEqual(before);
  expect(await page.evaluate("requests"), "no nonce reaches it").toEqual([]);
  expect([...stand.bearers]).toEqual([]);
  expect(heard, "errors and lines of the console").toEqual([]);
});

test("where a browser does not tell who embeds the frame, another origin is not heard either", async ({ person, stand }) => {
  const context = await person();
  // The nonce that a stranger cannot know is known here.
  await context.addInitScript(() => (crypto.getRandomValues = (bytes) => bytes));
  const page = await context.newPage();
  await page.goto(`${stand.stranger}/?worker=full`);
  await expect(cardOn(page).locator("[data-act=sign-in]:enabled")).toBeVisible();
  const script = readdirSync(new URL("../../dist/frame/assets/", import.meta.url)).find((name) => /^host\.\w+\.js$/.test(name));
  const meeting = frame(page).evaluate(async ([script, audience, host]) => {
    const { meet } = await import(`/frame/assets/${script}`);
    return (await meet(audience, [host])) !== undefined;
  }, [script!, AUDIENCE, stand.host] as const);
  // Again and again, as nobody says when the frame has begun to listen.
  const right = { type: "eloops:token", version: 1, nonce: "A".repeat(43), audience: AUDIENCE, token: TOKEN };
  const posting = page.evaluate((data) => setInterval(() => frames[0]!.postMessage(data, "*"), 20), right);
  expect(await meeting).toBe(false);
  await posting;
});

test("frames beside it and a popup of the host's own origin are not the parent", async ({ person, stand }) => {
  const page = await (await person()).newPage();
  await page.goto(`${stand.host}/?worker=full`);
  const card = cardOn(page);
  const asked = await request(page);
  await greet(page, asked);
  await expect(card.locator("section[data-state=loading][dir]")).toBeVisible();
  const heard = complaints(page);
  await count(page);
  const waiting = await state(page);
  const right = { type: "eloops:token", version: 1, nonce: asked.nonce, audience: AUDIENCE, token: TOKEN };

  for (const [place, site] of [stand.host, stand.stranger].entries()) {
    await page.evaluate((address) => {
      const beside = Object.assign(document.createElement("iframe"), { name: `beside ${address}`, src: address });
      return new Promise((resolve) => {
        beside.onload = resolve;
        document.body.append(beside);
      });
    }, `${site}/empty`);
    await page.frame({ name: `beside ${site}/empty` })!.evaluate((data) => parent.frames[0]!.postMessage(data, "*"), right);
    await arrived(page, place + 1);
  }
  const opening = page.waitForEvent("popup");
  await page.evaluate((address) => void open(address), `${stand.host}/empty`);
  const popup = await opening;
  await popup.waitForLoadState();
  await popup.evaluate((data) => (opener as Window).frames[0]!.postMessage(data, "*"), right);
  await arrived(page, 3);
  await popup.close();
  expect(await state(page)).toEqual(waiting);
  expect([...stand.bearers]).toEqual([]);
  expect(heard, "errors and lines of the console").toEqual([]);

  await post(page, right);
  await expect(card.getByTestId("coins"), "the parent's own is taken").toHaveText("1,240");
});
