// A manager opens a worker's form, signs in, and sees the coins and uploads beside the worker record.
import { picture } from "../../scripts/lib/picture.mjs";
import { cardOn, expect, signInOnForm, test } from "./fixtures";

test("a manager sees the worker's record, coins and uploads", async ({ person, stack }) => {
  const [member] = await stack.all(null, "/members?q=000002");
  await stack.api(null, "POST", `/members/${member.id}/coin-transactions`, { amount: 120, reason: "Customer praise" });
  const form = new FormData();
  form.append("file", new Blob([picture(2)], { type: "image/png" }), "hills.png");
  form.append("caption", "Evening at the lake");
  await stack.api("000002", "POST", "/me/uploads", form);

  const context = await person();
  const problems: string[] = [];
  const page = await signInOnForm(context, stack, "000002", "David Bradley");
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));

  const card = cardOn(page);
  await expect(card.getByRole("heading", { name: "Kevin F Brown" })).toBeVisible();
  await expect(card.getByText("Marketing Assistant")).toBeVisible();
  await expect(card.getByTestId("coins")).toHaveText("130");
  await expect(card.getByTestId("uploads")).toHaveText("1");
  await expect(card.getByText("Evening at the lake")).toBeVisible();
  await expect(card.getByRole("img", { name: /Evening at the lake/ })).toBeVisible();
  expect(problems, "errors in the browser's console").toEqual([]);
});

test("the form and the card on it have no accessibility findings", async ({ person, stack }) => {
  const { AxeBuilder } = await import("@axe-core/playwright");
  const page = await signInOnForm(await person(), stack, "000002", "David Bradley");
  await expect(cardOn(page).getByRole("heading", { name: "Kevin F Brown" })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.target.join(" ")).join(", ")}`)).toEqual([]);
});

test("the card is reached and signed out of by keyboard alone", async ({ person, stack }) => {
  const page = await signInOnForm(await person(), stack, "000002", "David Bradley");
  const card = cardOn(page);
  const signOut = card.getByRole("button", { name: "Sign out" });
  await expect(signOut).toBeVisible();
  await page.locator("body").press("Tab");
  const focused = () => signOut.evaluate((button) => button.matches(":focus"));
  // More stops than the form and the card have together mean that the card cannot be reached.
  for (let stops = 0; stops < 150 && !(await focused()); stops++) await page.keyboard.press("Tab");
  expect(await focused(), "Sign out has the focus").toBe(true);
  await page.keyboard.press("Enter");
  await expect(card.getByRole("button", { name: "Sign in" })).toBeVisible();
});
