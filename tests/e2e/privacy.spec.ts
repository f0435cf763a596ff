// What an employee decides about the own card, and what the manager then sees.
import { cardOn, expect, signInOnForm, test } from "./fixtures";

test("an employee keeps the coins private, the manager is told so kindly, and the employee sees who looked", async ({ person, stack }) => {
  const [member] = await stack.all(null, "/members?q=000011");
  await stack.api(null, "POST", `/members/${member.id}/coin-transactions`, { amount: 70, reason: "Customer praise" });

  const employee = await signInOnForm(await person(), stack, "000011", "Gail Erickson");
  const own = cardOn(employee);
  await expect(own.getByTestId("coins")).toHaveText("70");
  await own.getByRole("button", { name: "Who can see this" }).click();
  await expect(own.getByText("Nobody else has looked in the last 90 days.")).toBeVisible();
  const share = own.getByRole("switch", { name: "My managers see my coins" });
  await expect(share).toBeChecked();
  await share.click();
  await expect(own.getByRole("status").getByText("Your managers no longer see your coins.")).toHaveCount(1);
  await expect(share).not.toBeChecked();

  const problems: string[] = [];
  const manager = await signInOnForm(await person(), stack, "000011", "Roberto Tamburello");
  manager.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  const card = cardOn(manager);
  await expect(card.getByText(/Gail .*Erickson.* keeps the coins private\./)).toBeVisible();
  await expect(card.getByTestId("uploads")).toHaveText("0");
  await expect(card.getByTestId("coins")).toHaveCount(0);
  await expect(card.getByText("70")).toHaveCount(0);
  expect(problems, "errors in the browser's console").toEqual([]);

  // Once more, by keyboard alone.
  const opener = own.getByRole("button", { name: "Who can see this" });
  await opener.focus();
  await employee.keyboard.press("Enter");
  await expect(opener).toHaveAttribute("aria-expanded", "false");
  await employee.keyboard.press("Enter");
  const look = own.getByRole("listitem").filter({ hasText: "Roberto" });
  await expect(look).toContainText("Your manager");
  await expect(look).toContainText("Your card");
  await employee.keyboard.press("Tab");
  await expect(share).toBeFocused();
  await employee.keyboard.press("Space");
  await expect(share).toBeChecked();
  await expect(share).toBeFocused();
  await expect(share).not.toHaveAttribute("aria-disabled");
  await card.getByRole("button", { name: "Refresh" }).click();
  await expect(card.getByTestId("coins")).toHaveText("70");
});

test("who can see the card has no accessibility findings, open, in both colours and from right to left", async ({ person, stack }) => {
  const { AxeBuilder } = await import("@axe-core/playwright");
  const page = await signInOnForm(await person(), stack, "000013", "Jossef Goldberg");
  const card = cardOn(page);
  await card.getByRole("button", { name: "Who can see this" }).click();
  await expect(card.getByRole("switch")).toBeVisible();
  const frame = page.frames().find((one) => one.url().startsWith(stack.server))!;
  for (const [locale, direction] of [["en", "ltr"], ["he", "rtl"]] as const) {
    await frame.evaluate((tag) => document.querySelector("eloops-card")!.setAttribute("locale", tag), locale);
    await expect(card.locator(`section[dir=${direction}]`)).toBeVisible();
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page }).include("iframe").analyze();
      expect(violations.map(({ id, nodes }) => `${locale} ${colorScheme} ${id}: ${nodes.map((n) => n.target.join(" ")).join(", ")}`)).toEqual([]);
    }
  }
});
