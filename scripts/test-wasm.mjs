// The component's tests (tests/*.rs, wasm-bindgen-test) in a real browser. The test runner serves each test
// binary as a page; Playwright opens it, so that no WebDriver of the browser's own version is needed.
import { basename } from "node:path";
import { at } from "./lib/paths.mjs";
import { beside, run } from "./lib/run.mjs";
import { Fault, main, say } from "./lib/say.mjs";
import { findBrowser, setUpBuild } from "./lib/setup.mjs";
import { answers, freePort } from "./lib/wait.mjs";
import { spawnSync } from "node:child_process";

await main(async () => {
  setUpBuild();
  const executablePath = await findBrowser();
  const { chromium } = await import("@playwright/test");
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-quic"] });
  let passed = 0;
  const failed = [];
  try {
    for (const wasm of testBinaries()) {
      const { ok, text } = await inBrowser(browser, wasm);
      process.stdout.write(`${basename(wasm)}\n${text}\n`);
      if (ok) passed++;
      else failed.push(basename(wasm));
    }
  } finally {
    await browser.close();
  }
  if (passed + failed.length === 0) throw new Fault("There are no browser tests: tests/*.rs should hold some.");
  if (failed.length > 0) throw new Fault(`Failed in the browser: ${failed.join(", ")}.`);
});

/** Builds the tests and lists the modules. */
function testBinaries() {
  const args = ["test", "--no-run", "--locked", "-p", "eloops-card", "--tests", "--target", "wasm32-unknown-unknown"];
  say("Building the component's browser tests");
  run("cargo", [...args, "--quiet"], { cwd: at() });
  const built = spawnSync("cargo", [...args, "--quiet", "--message-format", "json"], { cwd: at(), encoding: "utf8", maxBuffer: 1 << 28 });
  return built.stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line))
    .filter(({ executable, target }) => executable && target.kind.includes("test"))
    .map(({ executable }) => executable);
}

/** Runs one module; gives the runner's report and whether every test passed. */
async function inBrowser(browser, wasm) {
  const address = `127.0.0.1:${await freePort()}`;
  const server = beside(at(".tools", "bin", "wasm-bindgen-test-runner"), [wasm], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, NO_HEADLESS: "1", WASM_BINDGEN_TEST_ADDRESS: address, WASM_BINDGEN_TEST_ONLY_WEB: "1" },
  });
  const page = await browser.newPage();
  try {
    await answers(`http://${address}/`, server.ended);
    await page.goto(`http://${address}/`);
    const report = page.locator("#output");
    await report.filter({ hasText: "test result:" }).waitFor({ timeout: 120_000 });
    const text = await report.innerText();
    return { text, ok: /test result: ok\./.test(text) && !/ 0 passed/.test(text) };
  } catch (error) {
    return { text: `${error.message}\n${await page.content().catch(() => "")}`, ok: false };
  } finally {
    await page.close();
    await server.stop("SIGKILL");
  }
}
