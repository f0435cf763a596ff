// What the headers promise, kept by a real browser: no page of ours breaks its own policy, and no other site frames one.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { BrowserContext, Page } from "@playwright/test";
import { cardOn, expect, signInOnForm, test } from "./fixtures";

/** Collects what the browser's policy refused on every page of the context. */
async function refusals(context: BrowserContext): Promise<string[]> {
  const found: string[] = [];
  await context.exposeBinding("policyRefused", (_source, refused: string) => void found.push(refused));
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      void (window as unknown as { policyRefused(text: string): void }).policyRefused(
        `${event.effectiveDirective} ${event.blockedURI} ${event.sample} on ${event.documentURI}`,
      );
    });
  });
  return found;
}

test("card, sign-in and documentation keep to their own policies", async ({ person, stack }) => {
  const context = await person();
  const found = await refusals(context);
  const page = await signInOnForm(context, stack, "000001", "Guy Gilbert");
  await expect(cardOn(page).getByTestId("coins")).toBeVisible();

  const documentation = await context.newPage();
  await documentation.goto(`${stack.server}/api/docs/`);
  const operation = documentation.getByText("/api/v1/me", { exact: true });
  await operation.click();
  await expect(documentation.getByText("Responses").first()).toBeVisible();

  // The listener hears: without this the test could pass deaf.
  await documentation.evaluate(() => document.body.append(Object.assign(document.createElement("style"), { textContent: "p{}" })));
  await expect.poll(() => found.filter((one) => one.startsWith("style-src")).length).toBeGreaterThan(0);
  const others = found.filter((one) => !one.includes("inline") || !one.includes("/api/docs/"));
  expect(others, "refused on the pages themselves").toEqual([]);
  const inline = found.filter((one) => one.includes("/api/docs/"));
  expect(inline.length, `only the test's own style: ${inline.join("; ")}`).toBe(1);
});

test("a page that is not named cannot frame anything of ours", async ({ person, stack }) => {
  const hostile = createServer((request, response) => {
    const target = new URL(request.url ?? "/", "http://hostile").searchParams.get("of") ?? "";
    response.setHeader("content-type", "text/html");
    response.end(`<!doctype html><title>Hostile</title><iframe src="${target}"></iframe>`);
  });
  await new Promise<void>((resolve) => hostile.listen(0, "127.0.0.1", resolve));
  try {
    const { port } = hostile.address() as AddressInfo;
    const context = await person();
    const page = await context.newPage();
    const paths = ["/frame/?worker=000014", "/auth/confirm", "/auth/start", "/api/docs/", "/healthz", "/api/v1/openapi.json"];
    for (const path of paths) {
      await page.goto(`http://127.0.0.1:${port}/?of=${encodeURIComponent(stack.server + path)}`);
      expect(await framed(page), `${path} in a stranger's frame`).toBe("refused");
    }
    await page.goto(`${stack.sandbox}/workers/000014`);
    expect(await framed(page), "the frame where it is allowed").toBe("shown");
  } finally {
    hostile.close();
  }
});

/** Chromium shows its own error page instead of what may not be framed. */
async function framed(page: Page): Promise<"refused" | "shown"> {
  const frame = page.frames().find((one) => one !== page.mainFrame());
  await frame?.waitForLoadState();
  return frame?.url().startsWith("chrome-error:") ? "refused" : "shown";
}
