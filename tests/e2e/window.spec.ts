// The paired window as people meet it: blocked, closed, late; and the ways out.
import type { Page } from "@playwright/test";
import { cardOn, choose, expect, signInOnForm, test } from "./fixtures";

const open = async (page: Page, address: string): Promise<ReturnType<typeof cardOn>> => {
  await page.goto(address);
  return cardOn(page);
};

test("the window knows nothing of the panel, and hears its language", async ({ person, stack }) => {
  const context = await person();
  const page = await context.newPage();
  const card = await open(page, `${stack.sandbox}/workers/000001`);
  const opening = context.waitForEvent("page");
  await card.getByRole("button", { name: "Sign in" }).click();
  const popup = await opening;
  await popup.getByRole("button", { name: "Guy Gilbert" }).waitFor();
  const coop = await popup.request.get(popup.url());
  expect(coop.headers()["cross-origin-opener-policy"], "as Microsoft's pages send it").toBe("same-origin");
  expect(await popup.evaluate(() => window.opener), "at Microsoft").toBeNull();
  const code = await card.getByTestId("confirm-code").innerText();
  await popup.getByRole("button", { name: "Guy Gilbert" }).click();
  await expect(popup.getByText(code, { exact: true })).toBeVisible();
  expect(await popup.evaluate(() => [window.opener, document.documentElement.lang]), "at the confirmation").toEqual([null, "en"]);
  await popup.getByRole("button", { name: "Confirm" }).click();
  await expect(card.getByTestId("coins")).toBeVisible();
});

test("a blocked window has a plain link, which works as well", async ({ person, stack }) => {
  const context = await person();
  // What a blocker does.
  await context.addInitScript(() => (window.open = () => null));
  const page = await context.newPage();
  const card = await open(page, `${stack.sandbox}/workers/000001`);
  await card.getByRole("button", { name: "Sign in" }).click();
  const opening = context.waitForEvent("page");
  await card.getByRole("link", { name: "Open the sign-in page" }).click();
  const popup = await opening;
  await popup.getByRole("button", { name: "Guy Gilbert" }).waitFor();
  expect(await popup.evaluate(() => window.opener)).toBeNull();
  await choose(popup, "Guy Gilbert", await card.getByTestId("confirm-code").innerText());
  await expect(card.getByTestId("coins")).toBeVisible();
});

test("a closed or late window leaves the card able to try again, with another code", async ({ person, stack }) => {
  const context = await person();
  const page = await context.newPage();
  await page.clock.install();
  const card = await open(page, `${stack.sandbox}/workers/000001`);
  const code = card.getByTestId("confirm-code");
  const signIn = card.getByRole("button", { name: "Sign in" });
  const begin = async (): Promise<Page> => {
    const opening = context.waitForEvent("page");
    await signIn.click();
    return opening;
  };
  await (await begin()).close();
  const first = await code.innerText();
  await card.getByRole("button", { name: "Cancel" }).click();
  await expect(signIn).toBeEnabled();
  await expect(code).not.toHaveText(first);

  const second = await code.innerText();
  await (await begin()).close();
  await page.clock.fastForward("02:01");
  await expect(card.getByRole("paragraph").filter({ hasText: "took longer than two minutes" })).toBeVisible();
  await expect(signIn).toBeEnabled();
  await expect(code).not.toHaveText(second);

  const third = await code.innerText();
  await choose(await begin(), "Guy Gilbert", third);
  await expect(card.getByTestId("coins")).toBeVisible();
});

test("signing out ends the session at the server, and offers the way out of Microsoft", async ({ person, stack }) => {
  const context = await person();
  const claimed = context.waitForEvent("response", { predicate: async (answer) => /\/auth\/claim$/.test(answer.url()) && (await answer.text()).includes("session"), timeout: 30_000 });
  const page = await signInOnForm(context, stack, "000001", "Guy Gilbert");
  const card = cardOn(page);
  await expect(card.getByTestId("coins")).toBeVisible();
  const { session } = await (await claimed).json();
  const ask = () => fetch(`${stack.server}/api/v1/me`, { headers: { authorization: `Bearer ${session}` } });
  expect((await ask()).status, "before").toBe(200);

  await card.getByRole("button", { name: "Sign out" }).click();
  await expect(card.getByRole("paragraph").filter({ hasText: "You are signed out." })).toBeVisible();
  await expect.poll(async () => (await ask()).status, { message: "the old session" }).toBe(401);
  const opening = context.waitForEvent("page");
  await card.getByRole("link", { name: "Sign out of Microsoft too" }).click();
  const window = await opening;
  await window.waitForURL(`${stack.server}/auth/signed-out**`);
  expect(await window.evaluate(() => opener)).toBeNull();
});
