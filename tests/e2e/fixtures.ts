// What every end-to-end test stands on: the complete system on free ports, and a Chromium in which the
// frame's site (localhost) and Talent's (127.0.0.1) are really two sites with partitioned storage.
import { mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base, chromium, expect, type BrowserContext, type FrameLocator, type Page } from "@playwright/test";
import { client } from "../../scripts/lib/client.mjs";
import { findBrowser } from "../../scripts/lib/setup.mjs";
import { startStack } from "../../scripts/lib/stack.mjs";
import { freePort } from "../../scripts/lib/wait.mjs";

export { expect };

/** The running system. */
export type Stack = Awaited<ReturnType<typeof startStack>> & ReturnType<typeof client> & {
  /** Runs `eloops sync` one way. */
  sync(direction: "in" | "out"): void;
};

/** Playwright switches partitioning off among other features; the last `--disable-features` wins. */
const partitioned = [
  "--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,MediaRouter,OptimizationHints,PaintHolding,Translate",
  "--enable-features=ThirdPartyStoragePartitioning",
  "--test-third-party-cookie-phaseout",
];

export const test = base.extend<{ talent: Page; person: () => Promise<BrowserContext> }, { stack: Stack }>({
  // One system a worker process; a test that changes a person picks a person of its own.
  stack: [
    async ({}, use, worker) => {
      const folder = mkdtempSync(join(tmpdir(), "eloops-e2e-"));
      const log = join(folder, "log");
      const stack = await startStack({
        profile: "debug",
        folder,
        ports: { server: await freePort(), sandbox: await freePort() },
        env: { ELOOPS_SYNC_EVERY: "off" },
        log: openSync(log, "a"),
      });
      try {
        stack.sync("in");
        await use({ ...stack, ...client(stack) } as Stack);
      } catch (error) {
        process.stderr.write(`The system's log (worker ${worker.workerIndex}):\n${readFileSync(log, "utf8").slice(-4000)}\n`);
        throw error;
      } finally {
        await stack.stop();
        rmSync(folder, { recursive: true, force: true });
      }
    },
    { scope: "worker", timeout: 60_000 },
  ],

  // A browser with a profile of its own: somebody at an own machine.
  person: async ({}, use) => {
    const opened: { context: BrowserContext; profile: string }[] = [];
    await use(async () => {
      const profile = mkdtempSync(join(tmpdir(), "eloops-profile-"));
      const context = await launch(profile);
      opened.push({ context, profile });
      return context;
    });
    for (const { context, profile } of opened) {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    }
  },
});

/** A browser that keeps its profile in a folder. */
export const launch = async (profile: string): Promise<BrowserContext> =>
  chromium.launchPersistentContext(profile, {
    executablePath: await findBrowser(),
    headless: true,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", ...partitioned],
    viewport: { width: 1280, height: 900 },
    locale: "en-US",
  });

/** The card's frame on a worker form. */
export const cardOn = (page: Page): FrameLocator => page.frameLocator("iframe[title='Eloops']");

/** Opens a worker's form in Talent and signs `name` in through the paired popup. */
export async function signInOnForm(context: BrowserContext, stack: Stack, number: string, name: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${stack.sandbox}/workers/${number}`);
  const card = cardOn(page);
  const popup = context.waitForEvent("page");
  await card.getByRole("button", { name: "Sign in" }).click();
  await choose(await popup, name, await card.getByTestId("confirm-code").innerText());
  return page;
}

/** In the popup: chooses the person at Microsoft's page, compares the code, confirms. */
export async function choose(popup: Page, name: string, code: string): Promise<void> {
  await popup.getByRole("button", { name }).click();
  await expect(popup.getByText(code, { exact: true })).toBeVisible();
  await popup.getByRole("button", { name: "Confirm" }).click();
}
