// The frame as it is transferred (brotli) and the time from navigation to the drawn card, cold: an empty
// cache each time. The token is handed over by `getToken`, as a host page does it, so that no sign-in is timed.
import { chromium } from "@playwright/test";
import { picture } from "../lib/picture.mjs";
import { at } from "../lib/paths.mjs";
import { findBrowser } from "../lib/setup.mjs";
import { round } from "./watch.mjs";
import { withStack } from "./stack.mjs";

const RUNS = 15;
const WORKER = "000001";

export async function measure() {
  return withStack(at("data", "adventure-works"), async (stack) => {
    stack.sync("in");
    for (let seed = 0; seed < 12; seed++) {
      const form = new FormData();
      form.append("file", new Blob([picture(seed)], { type: "image/png" }), "photo.png");
      await stack.api(WORKER, "POST", "/me/uploads", form);
    }
    const token = await stack.token(WORKER);
    const browser = await chromium.launch({ executablePath: await findBrowser(), args: ["--no-sandbox", "--disable-gpu", "--disable-quic"] });
    try {
      const runs = [];
      for (let i = 0; i < RUNS; i++) runs.push(await visit(browser, `${stack.server}/frame/?worker=${WORKER}`, token));
      const times = runs.map(({ ms }) => ms).sort((a, b) => a - b);
      return {
        transferred_kb: round(runs[0].bytes / 1000),
        files: runs[0].files,
        to_drawn_card_ms: { median: Math.round(times[RUNS >> 1]), min: Math.round(times[0]), max: Math.round(times.at(-1)), runs: RUNS },
      };
    } finally {
      await browser.close();
    }
  });
}

async function visit(browser, url, token) {
  const context = await browser.newContext();
  const page = await context.newPage();
  // "interactive" comes before the page's own module, which is deferred.
  await page.addInitScript((bearer) => {
    document.addEventListener("readystatechange", () => {
      const card = document.querySelector("eloops-card");
      if (card && !card.getToken) card.getToken = async () => bearer;
    });
  }, token);
  const cdp = await context.newCDPSession(page);
  await cdp.send("Network.enable");
  const names = new Map();
  let bytes = 0;
  const files = {};
  cdp.on("Network.responseReceived", ({ requestId, response }) => names.set(requestId, new URL(response.url).pathname));
  cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const path = names.get(requestId) ?? "";
    if (!path.startsWith("/frame/")) return;
    files[path] = encodedDataLength;
    bytes += encodedDataLength;
  });
  await page.goto(url);
  const ms = await page.waitForFunction(() => performance.getEntriesByName("eloops-card-drawn")[0]?.startTime).then((handle) => handle.jsonValue());
  await page.waitForLoadState("networkidle");
  await context.close();
  return { ms, bytes, files };
}
