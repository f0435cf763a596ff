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

test("the card is usable by keyboard and has no accessibility findings", async ({ person, stack }) => {
  const { AxeBuilder } = await import("@axe-core/playwright");
  const page = await signInOnForm(await person(), stack, "000002", "David Bradley");
  await expect(cardOn(page).getByRole("heading", { name: "Kevin F Brown" })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.target.join(" ")).join(", ")}`)).toEqual([]);
});
