// @azure/msal-browser, unmodified and in Chromium, as the single-page application `eloops-spa` of another site
// than the sandbox's.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, beforeEach, test } from "node:test";
import { chromium } from "@playwright/test";
import { build } from "esbuild";
import { at } from "../../scripts/lib/paths.mjs";
import { CHALLENGE, SCOPE, startStand, verified } from "./stand.mjs";

/** @type {Awaited<ReturnType<typeof startStand>>} */
let stand;
let pages, browser, home;
before(async () => {
  const bundle = await build({ entryPoints: [at("tests", "witness", "page.mjs")], bundle: true, write: false, format: "esm", target: "es2022" });
  pages = createServer((request, response) => {
    const isScript = request.url === "/frame/page.js";
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
    response.end(isScript ? bundle.outputFiles[0].contents
      : `<!doctype html><html data-authority="${stand.authority}"><title>loading</title><script type="module" src="/frame/page.js"></script></html>`);
  });
  await new Promise((listening) => pages.listen(0, "127.0.0.1", listening));
  const eloops = `http://localhost:${pages.address().port}`;
  home = `${eloops}/frame/`;
  stand = await startStand({ eloops });
  browser = await chromium.launch({ executablePath: process.env.CHROME, args: ["--no-sandbox", "--disable-gpu", "--disable-quic"] });
});
after(async () => {
  await browser?.close();
  pages?.closeAllConnections();
  pages?.close();
  await stand?.stop();
});
beforeEach(() => stand.control("POST", "reset"));

/** A page of the application in a browser of its own; the certificate was made for this run. */
async function open() {
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.on("pageerror", ({ message }) => process.stderr.write(`The page failed: ${message}\n`));
  await page.goto(home);
  await ready(page);
  return page;
}

const ready = (page) => page.waitForFunction(() => document.title === "ready");

/** Chooses a person on the sandbox's page; gives what came back to the application. */
async function choose(page, name = "Eloops Administrator") {
  await page.getByRole("button", { name }).click();
  await page.waitForURL(`${home}**`);
  await ready(page);
  return page.evaluate(() => window.app.returned);
}

async function signedIn() {
  const page = await open();
  await page.evaluate((scopes) => void window.app.signIn({ scopes }), [SCOPE]);
  return { page, answer: await choose(page) };
}

test("a redirect signs in and gives a token for our API", async () => {
  const { page, answer } = await signedIn();
  const claims = await verified(stand, answer.accessToken);
  assert.deepEqual([claims.aud, claims.scp, claims.azp, claims.azpacr], ["api://eloops", "access_as_user", "eloops-spa", "0"]);
  assert.equal(answer.home, `${claims.oid}.${claims.tid}`);
  assert.equal(answer.name, "Eloops Administrator");
  const cached = await page.evaluate((scopes) => window.app.silent({ scopes }), [SCOPE]);
  assert.deepEqual([cached.fromCache, cached.accessToken], [true, answer.accessToken]);
  await page.context().close();
});

test("the refresh token renews silently for a day and no longer", async () => {
  const { page, answer } = await signedIn();
  const renew = () => page.evaluate((scopes) => window.app.silent({ scopes, forceRefresh: true }, true), [SCOPE]);
  const renewed = await renew();
  assert.equal(renewed.fromCache, false, JSON.stringify(renewed));
  assert.notEqual(renewed.accessToken, answer.accessToken);
  assert.equal((await verified(stand, renewed.accessToken)).aud, "api://eloops");
  await stand.control("PUT", "clock", { advance_s: 24 * 3600 + 1 });
  const ended = await renew();
  assert.deepEqual([ended.error, String(ended.number)], ["invalid_grant", "700084"], JSON.stringify(ended));
  await page.context().close();
});

test("a claims challenge asks for interaction, and the sign-in that brings the claims answers it", async () => {
  const { page } = await signedIn();
  await stand.control("PUT", "policies", { claims_challenge: { audience: "api://eloops", claims: CHALLENGE } });
  const renew = () => page.evaluate((scopes) => window.app.silent({ scopes, forceRefresh: true }, true), [SCOPE]);
  const challenged = await renew();
  assert.deepEqual([challenged.error, challenged.interaction], ["interaction_required", true], JSON.stringify(challenged));
  assert.deepEqual(JSON.parse(challenged.claims), CHALLENGE);

  await page.evaluate((request) => void window.app.ask(request), { scopes: [SCOPE], claims: challenged.claims });
  const stepped = await choose(page);
  assert.deepEqual((await verified(stand, stepped.accessToken)).acrs, ["c1"]);
  const renewed = await renew();
  assert.equal(renewed.error, undefined, JSON.stringify(renewed));
  await page.context().close();
});

test("signing out ends the session at the sandbox and comes back", async () => {
  const { page } = await signedIn();
  await page.evaluate(() => void ((window.leaving = true), window.app.signOut()));
  await page.waitForFunction(() => !window.leaving && document.title === "ready");
  assert.equal(await page.evaluate(() => window.app.accounts()), 0);
  await page.evaluate((scopes) => void window.app.signIn({ scopes, prompt: "none" }), [SCOPE]);
  await page.waitForFunction(() => window.app?.returned);
  const returned = await page.evaluate(() => window.app.returned);
  assert.equal(returned.error, "login_required", JSON.stringify(returned));
  await page.context().close();
});
