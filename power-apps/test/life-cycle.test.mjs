// The control in a real browser under a host's content security policies: from `init` to `destroy`.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { chromium } from "@playwright/test";
import { findBrowser } from "../../scripts/lib/setup.mjs";
import { startHost } from "./support/fake-host.mjs";

/** Microsoft's default policy; the strict one, with the Eloops server's address allowed; and what an administrator adds. */
const DEFAULT = "script-src * 'unsafe-inline' 'unsafe-eval' blob:; worker-src 'self' blob:; style-src * 'unsafe-inline' blob:; font-src * data:";
const strict = (script = "") =>
  `script-src 'self' ${script}; worker-src 'self' blob:; style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' blob: data:; connect-src 'self' blob: data: wss: ${host.api}; frame-src 'self' blob:; base-uri 'none'; default-src 'self'`;
const WORKER = { cdm_workernumber: "000001", cdm_fullname: "Guy Gilbert", cdm_profession: "Production Technician", cdm_status: 754400000, cdm_type: 754400000 };

let host;
let browser;
before(async () => {
  host = await startHost();
  browser = await chromium.launch({ executablePath: await findBrowser(), args: ["--no-sandbox"] });
});
after(async () => {
  await browser?.close();
  await host?.stop();
});

/** A page of the host with one control started on it. */
async function form(policy, settings) {
  const context = await browser.newContext({ locale: "en-US" });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(host.page(policy));
  await start(page, "one", settings);
  return page;
}

const start = (page, where, settings) => page.evaluate(([where, settings]) => void window.start(where, settings), [where, { worker: "000001", api: host.api, ...settings }]);

for (const [name, policy] of [["the default policy", () => DEFAULT], ["the strict policy with 'wasm-unsafe-eval'", () => strict("'wasm-unsafe-eval'")]]) {
  test(`a person signs in and sees the worker of the form, under ${name}`, async () => {
    const page = await form(policy(), { rows: [WORKER], dark: true });
    assert.equal(await page.evaluate(() => window.registered[0]), "Eloops.WorkerCard");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { name: "Guy Gilbert" }).waitFor();
    await page.getByText("Production Technician").waitFor();
    await page.getByText("120").first().waitFor();
    assert.equal(await page.locator("[data-theme]").getAttribute("data-theme"), "dark");
    assert.ok((await page.evaluate(() => window.asked)).some((options) => options.includes("'000001'")), "the record came through webAPI");
    await page.context().close();
  });
}

test("a policy that forbids WebAssembly is named", async () => {
  const page = await form(strict(), { rows: [WORKER] });
  assert.equal(await page.getByRole("alert").textContent(), "Trouble_Policy");
  await page.context().close();
});

test("two controls share the module; the end of one leaves the other", async () => {
  const page = await form(DEFAULT, {});
  await start(page, "two", { languageId: 1037 });
  const [one, two] = ["one", "two"].map((id) => page.locator(`#${id}`));
  await one.getByRole("button", { name: "Sign in" }).waitFor();
  await two.locator("[lang=he]").waitFor();
  await page.evaluate(() => window.controls.one.control.destroy());
  assert.equal(await one.evaluate((box) => box.childNodes.length), 0, "nothing is left in the host's box");
  assert.equal(await two.getByRole("button").first().isVisible(), true);
  await page.context().close();
});

test("a record without a number says so, and shows the card once it has one", async () => {
  const page = await form(DEFAULT, { worker: null });
  assert.equal(await page.getByRole("alert").textContent(), "Trouble_NoWorker");
  await page.evaluate(() => window.controls.one.show("000001"));
  await page.getByRole("button", { name: "Sign in" }).waitFor();
  await page.evaluate(() => window.controls.one.show(""));
  assert.equal(await page.getByRole("alert").textContent(), "Trouble_NoWorker");
  await page.context().close();
});

test("a control that ends while the module is on its way puts nothing on the page", async () => {
  const page = await form(DEFAULT, { worker: null });
  await page.evaluate(() => {
    window.controls.one.show("000001");
    window.controls.one.control.destroy();
  });
  await start(page, "two", {});
  await page.locator("#two").getByRole("button", { name: "Sign in" }).waitFor();
  assert.equal(await page.locator("#one").evaluate((box) => box.childNodes.length), 0);
  await page.context().close();
});
