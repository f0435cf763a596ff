// Somebody signs out at Microsoft, anywhere: what began with that sign-in ends here as well, without cookies.
import { cardOn, expect, signInOnForm, test } from "./fixtures";

test("signing out at Microsoft ends the card's session", async ({ person, stack }) => {
  const context = await person();
  const page = await signInOnForm(context, stack, "000001", "Guy Gilbert");
  const card = cardOn(page);
  await expect(card.getByTestId("coins")).toBeVisible();

  const elsewhere = await context.newPage();
  const told = elsewhere.waitForResponse(/\/auth\/front-channel-logout\?/);
  await elsewhere.goto(`${stack.sandbox}/11111111-1111-1111-1111-111111111111/oauth2/v2.0/logout`);
  expect((await told).status()).toBe(200);

  await card.getByRole("button", { name: "Refresh" }).click();
  await expect(card.getByRole("button", { name: "Sign in" })).toBeVisible();
  await expect(card.getByTestId("coins")).toHaveCount(0);
});
