// An employee uploads a photo; the coins rise in the open card; a sync run; Talent's form shows both numbers.
import { picture } from "../../scripts/lib/picture.mjs";
import { cardOn, expect, signInOnForm, test } from "./fixtures";

test("an upload raises the coins in the open card and reaches Talent at the next sync", async ({ person, stack }) => {
  const context = await person();
  const page = await signInOnForm(context, stack, "000001", "Guy Gilbert");
  const card = cardOn(page);
  await expect(card.getByTestId("coins")).toHaveText("0");
  await expect(card.getByTestId("uploads")).toHaveText("0");

  await card.locator("input[type=file]").setInputFiles({ name: "hills.png", mimeType: "image/png", buffer: picture(1) });
  await card.getByRole("textbox", { name: "Caption" }).fill("Evening at the lake");
  await card.getByRole("button", { name: "Post" }).click();
  await expect(card.getByTestId("coins")).toHaveText("10");
  await expect(card.getByTestId("uploads")).toHaveText("1");

  const shown = (field: string) => page.locator(`[data-field="${field}"]`);
  await expect(shown("EloopsCoins")).toHaveText("0");
  stack.sync("out");
  await page.reload();
  await expect(shown("EloopsCoins")).toHaveText("10");
  await expect(shown("EloopsUploads")).toHaveText("1");
});

test("what is no picture is refused with a sentence, and nothing is counted", async ({ person, stack }) => {
  const page = await signInOnForm(await person(), stack, "000017", "Jeffrey Ford");
  const card = cardOn(page);
  await card.locator("input[type=file]").setInputFiles({ name: "notes.png", mimeType: "image/png", buffer: Buffer.from("no picture") });
  await card.getByRole("button", { name: "Post" }).click();
  await expect(card.getByRole("alert")).toBeVisible();
  await expect(card.getByTestId("uploads")).toHaveText("0");
});
