// Microsoft asks for more before Talent answers: the claims challenge, solved by the card.
import type { FrameLocator } from "@playwright/test";
import { cardOn, choose, expect, signInOnForm, test, type Stack } from "./fixtures";

const CLAIMS = { access_token: { acrs: { essential: true, value: "c1" } } };

/** What Microsoft wants from now on. */
const policies = (stack: Stack, settings: object): Promise<unknown> => stack.control("PUT", "policies", settings);

test.afterEach(({ stack }) => policies(stack, {}));

const record = (card: FrameLocator) => card.getByText("Design Engineer");

test("a claims challenge is met in the window, Eloops' half stays, and the old session ends", async ({ person, stack }) => {
  await policies(stack, { claims_challenge: { audience: stack.sandbox, claims: CLAIMS } });
  const context = await person();
  const sessions: string[] = [];
  context.on("response", async (answer) => {
    if (!answer.url().endsWith("/auth/claim") || !answer.ok()) return;
    const { session } = await answer.json();
    if (session) sessions.push(session);
  });
  const page = await signInOnForm(context, stack, "000011", "Gail Erickson");
  const card = cardOn(page);
  await expect(card.getByTestId("challenge")).toContainText("Microsoft wants to check once more");
  await expect(card.getByRole("status").getByText("Microsoft wants to check once more"), "said to whoever does not see it").toHaveCount(1);
  await expect(card.getByTestId("uploads")).toHaveText("0");

  const onward = card.getByRole("button", { name: "Continue" });
  await onward.focus();
  const opening = context.waitForEvent("page");
  await page.keyboard.press("Enter");
  const popup = await opening;
  const code = await card.getByTestId("confirm-code").innerText();
  await expect(card.getByTestId("challenge"), "the focus goes with the person").toBeFocused();
  await expect(card.getByTestId("uploads"), "Eloops' half stays").toHaveText("0");
  const began = new URL((await popup.request.get(popup.url())).url());
  expect(JSON.parse(began.searchParams.get("claims") ?? "null"), "at Microsoft's page").toEqual(CLAIMS);
  await choose(popup, "Gail Erickson", code);

  await expect(record(card)).toBeVisible();
  await expect(card.getByTestId("challenge")).toHaveCount(0);
  expect(sessions).toHaveLength(2);
  const ask = async (session: string) => (await fetch(`${stack.server}/api/v1/me`, { headers: { authorization: `Bearer ${session}` } })).status;
  await expect.poll(() => ask(sessions[0]!), { message: "the old session" }).toBe(401);
  expect(await ask(sessions[1]!), "the new session").toBe(200);
});

test("missing consent is one sentence with the administrator's link, beside the synced record", async ({ person, stack }) => {
  await policies(stack, { consent_missing: true });
  const page = await signInOnForm(await person(), stack, "000011", "Roberto Tamburello");
  const card = cardOn(page);
  await expect(card.getByText("an administrator has to consent first")).toBeVisible();
  await expect(record(card)).toBeVisible();
  await expect(card.getByTestId("uploads")).toHaveText("0");
  const link = card.getByRole("link", { name: "Consent (for administrators)" });
  const address = new URL((await link.getAttribute("href"))!);
  expect(address.origin + address.pathname).toBe(`${stack.sandbox}/11111111-1111-1111-1111-111111111111/adminconsent`);
  expect(address.searchParams.get("redirect_uri")).toBe(`${stack.server}/auth/consented`);
});
