// A host page hands its token over by `postMessage`: the protocol of docs/embed-the-frame.md.
import { cardOn, expect } from "./fixtures";
import { answer, AUDIENCE, greet, post, request, test, TOKEN } from "./support/stand";

test("a host that does not say so within a second, or has no token, leaves people the window", async ({ person, stand }) => {
  const page = await (await person()).newPage();
  await page.goto(`${stand.host}/?worker=full`);
  const signIn = cardOn(page).getByRole("button", { name: "Sign in" });
  const first = await request(page);
  await expect(signIn).toBeEnabled();
  await greet(page, first);
  await answer(page, first);
  await expect(signIn, "too late").toBeEnabled();

  await page.reload();
  const second = await request(page);
  expect(second.nonce, "another nonce").not.toBe(first.nonce);
  await post(page, { type: "eloops:no-token", version: 1, nonce: second.nonce });
  await expect(signIn).toBeEnabled();

  // As the guide's host says it: first that it is one, then that there is none.
  await page.reload();
  const third = await request(page);
  await greet(page, third);
  await post(page, { type: "eloops:no-token", version: 1, nonce: third.nonce });
  await expect(cardOn(page).getByRole("heading", { name: "No sign-in from this page" })).toBeVisible();
  expect([...stand.bearers]).toEqual([]);
});

test("a token that ended is asked for once more, and the host may then have none", async ({ person, stand }) => {
  const page = await (await person()).newPage();
  await page.goto(`${stand.host}/?worker=full`);
  const card = cardOn(page);
  // An answer within the second says as much as a greeting.
  await answer(page, await request(page));
  await expect(card.getByTestId("coins")).toHaveText("1,240");
  await expect(card.getByRole("button", { name: "Sign out" }), "the host signs in and out").toHaveCount(0);

  stand.accepted = "bmV4dA.bmV4dA.bmV4dA";
  await card.getByRole("button", { name: "Refresh" }).click();
  await answer(page, await request(page, 1), stand.accepted);
  await expect(card.locator("[aria-busy=false]")).toBeVisible();
  await expect(card.getByTestId("coins")).toHaveText("1,240");
  expect([...stand.bearers]).toEqual([TOKEN, stand.accepted]);

  stand.accepted = "none";
  await card.getByRole("button", { name: "Refresh" }).click();
  const { nonce } = await request(page, 2);
  await post(page, { type: "eloops:no-token", version: 1, nonce });
  await expect(card.getByRole("heading", { name: "No sign-in from this page" })).toBeVisible();
  await expect(card.getByTestId("coins")).toHaveCount(0);
});

test("a token that ended before the card's first questions is asked for once more", async ({ person, stand }) => {
  const page = await (await person()).newPage();
  await page.goto(`${stand.host}/?worker=full`);
  stand.accepted = "bmV4dA.bmV4dA.bmV4dA";
  await answer(page, await request(page));
  const second = await request(page, 1);
  await answer(page, second, stand.accepted);
  await expect(cardOn(page).getByTestId("coins")).toHaveText("1,240");
  expect(await page.evaluate("requests.length"), "asked at once, refused at once, and the host asked once").toBe(2);
});

test("a claims challenge is handed to the host, once", async ({ person, stand }) => {
  const page = await (await person()).newPage();
  await page.goto(`${stand.host}/?worker=challenge`);
  const card = cardOn(page);
  const first = await request(page);
  expect(Object.keys(first).sort()).toEqual(["audience", "nonce", "origin", "type", "version"]);
  await greet(page, first);
  await answer(page, first);
  const second = await request(page, 1);
  expect(second).toMatchObject({ type: "eloops:token-request", version: 1, audience: AUDIENCE });
  expect(JSON.parse(second.claims!)).toEqual({ access_token: { acrs: { essential: true, value: "c1" } } });
  expect(second.nonce).not.toBe(first.nonce);
  await expect(card.getByTestId("coins"), "Eloops' half stays meanwhile").toHaveText("1,240");
  stand.accepted = "c3Ryb25n.ZXI.dG9rZW4";
  await answer(page, second, stand.accepted);
  // The made-up Talent is never content.
  await expect(card.getByText("Microsoft wants to check once more").first()).toBeVisible();
  await expect(card.getByTestId("coins")).toHaveText("1,240");
  expect(await page.evaluate("requests.length")).toBe(2);
});

test("the audience is the server's, and a page's own callback comes first", async ({ person, stand }) => {
  const page = await (await person()).newPage();
  await page.addInitScript((token) => {
    const asked: unknown[] = [];
    Object.assign(window, { asked });
    document.addEventListener("readystatechange", () => {
      const card = document.querySelector<HTMLElement & { getToken?: unknown }>("eloops-card");
      if (card) card.getToken ??= async (...given: unknown[]) => (asked.push(given[0]), token);
    });
  }, TOKEN);
  await page.goto(`${stand.host}/?worker=full`);
  await greet(page, await request(page));
  await expect(cardOn(page).getByTestId("coins")).toHaveText("1,240");
  expect(await page.frame({ name: "card" })!.evaluate("asked")).toEqual([AUDIENCE]);
});
