// The sign-in's own window in a real browser: who may open it, who may press its button, and how it is used.
import { createHash, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { BrowserContext, Page } from "@playwright/test";
import { expect, test, type Stack } from "./fixtures";

/** A panel's half of a pairing, without the panel. */
function panel(stack: Stack) {
  const secret = randomBytes(32).toString("base64url");
  const digest = createHash("sha256").update(secret).digest();
  const digits = String(digest.readUInt32BE(0) % 1_000_000).padStart(6, "0");
  return {
    code: `${digits.slice(0, 3)} ${digits.slice(3)}`,
    start: `${stack.server}/auth/start?challenge=${digest.toString("base64url")}`,
    /** Asks for the session; gives how the pairing stands. */
    state: async (): Promise<string> => {
      const answer = await fetch(`${stack.server}/auth/claim`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-eloops-request": "1" },
        body: JSON.stringify({ secret }),
      });
      const body = (await answer.json()) as { state?: string; code?: string };
      return body.state ?? body.code ?? "";
    },
  };
}

/** Walks to the confirmation. */
async function confirmation(context: BrowserContext, start: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(start);
  await page.getByRole("button", { name: "Guy Gilbert" }).click();
  await page.waitForURL("**/auth/confirm");
  return page;
}

/** Another site that serves `content`, while `use` lasts. */
async function elsewhere(content: string, use: (address: string) => Promise<void>): Promise<void> {
  const server = createServer((_request, response) => {
    response.setHeader("content-type", "text/html");
    response.end(`<!doctype html><title>Elsewhere</title>${content}`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  } finally {
    server.close();
  }
}

test("a link or a window of another site begins no sign-in, the address bar does", async ({ person, stack }) => {
  const context = await person();
  const { start } = panel(stack);
  const content = `<a href="${start}">link</a><a target="_blank" rel="noopener" href="${start}">window</a>
    <button onclick="open('${start}', '_blank', 'noopener')">script</button>`;
  await elsewhere(content, async (address) => {
    for (const name of ["window", "script", "link"]) {
      const page = await context.newPage();
      await page.goto(address);
      const opened = name === "link" ? Promise.resolve(page) : context.waitForEvent("page");
      await page.getByText(name, { exact: true }).click();
      await expect((await opened).getByRole("heading"), name).toHaveText("Please start in the panel");
    }
  });
  const page = await context.newPage();
  await page.goto(start);
  await expect(page.getByText("Pick an account"), "nothing was used up by the others").toBeVisible();
});

test("a form of another site cannot confirm, whatever it knows", async ({ person, stack }) => {
  const context = await person();
  const pairing = panel(stack);
  const page = await confirmation(context, pairing.start);
  const csrf = await page.locator("input[name=csrf]").inputValue();
  const content = `<form method="post" action="${stack.server}/auth/confirm">
    <input name="csrf" value="${csrf}"><button name="action" value="confirm">Win a coin</button></form>`;
  await elsewhere(content, async (address) => {
    const hostile = await context.newPage();
    await hostile.goto(address);
    await hostile.getByRole("button").click();
    // The cookie stays at home (SameSite=Lax), so there is not even a sign-in to refuse.
    await expect(hostile.getByRole("heading")).toHaveText("Please start again");
  });
  expect(await pairing.state()).toBe("pending");
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByRole("heading")).toHaveText("You are signed in");
  expect(await pairing.state()).toBe("ready");
});

test("the confirmation is used by keyboard, and nothing is pressed too early", async ({ person, stack }) => {
  const context = await person();
  const pairing = panel(stack);
  const page = await confirmation(context, pairing.start);
  await expect(page.getByRole("img", { name: `Code ${pairing.code}` })).toBeVisible();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Space");
  expect(await pairing.state(), "keys that come before looking do nothing").toBe("pending");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Confirm" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Cancel" })).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading")).toHaveText("You are signed in");
  expect(await pairing.state()).toBe("ready");
});

test("the window speaks Hebrew from right to left and fits a small screen", async ({ person, stack }) => {
  const context = await person();
  const pairing = panel(stack);
  const page = await confirmation(context, `${pairing.start}&locale=he`);
  await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
  await expect(page.getByText(pairing.code, { exact: true })).toBeVisible();
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 640 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow, `nothing hangs over at ${width} pixels`).toBe(0);
    const code = await page.getByText(pairing.code, { exact: true }).boundingBox();
    expect(code?.height, `the code stands on one line at ${width} pixels`).toBeLessThan(100);
  }
  await page.getByRole("button", { name: "ביטול" }).click();
  await expect(page.getByRole("heading")).toHaveText("לא נכנסת");
  expect(await pairing.state()).toBe("pairing_ended");
});
