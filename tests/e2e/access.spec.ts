// Who gets nothing: a stranger, a leaver after the next sync, a page that is not on the list.
import { cardOn, expect, signInOnForm, test } from "./fixtures";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

test("a stranger gets nothing, and the same nothing for a worker who does not exist", async ({ person, stack }) => {
  const context = await person();
  const page = await signInOnForm(context, stack, "000112", "Guy Gilbert");
  const card = cardOn(page);
  await expect(card.getByTestId("not-allowed")).toBeVisible();
  await expect(card.getByText("Ken Sánchez")).toHaveCount(0);
  await expect(card.getByTestId("coins")).toHaveCount(0);

  const bearer = { authorization: `Bearer ${await stack.token("000001")}` };
  const answers = await Promise.all(
    ["000112", "999999"].map(async (number) => {
      const answer = await fetch(`${stack.server}/api/v1/workers/${number}/activity`, { headers: bearer });
      const { request_id, ...body } = await answer.json();
      return { status: answer.status, body };
    }),
  );
  expect(answers[0]).toEqual(answers[1]);
  expect(answers[0].status).toBe(404);
});

test("a termination in Talent closes the member's access at the next sync", async ({ person, stack }) => {
  const page = await signInOnForm(await person(), stack, "000029", "Paul Komosinski");
  const card = cardOn(page);
  await expect(card.getByTestId("coins")).toBeVisible();

  await stack.control("PATCH", "workers/000029", { WorkerStatus: "Terminated" });
  stack.sync("in");
  await card.getByRole("button", { name: "Refresh" }).click();
  await expect(card.getByTestId("coins")).toHaveCount(0);
  const bearer = { authorization: `Bearer ${await stack.token("000029")}` };
  const answer = await fetch(`${stack.server}/api/v1/workers/000029/activity`, { headers: bearer });
  expect([401, 403, 404], "the leaver's own token after the sync").toContain(answer.status);
});

test("a site that is not on the list cannot embed the frame", async ({ person, stack }) => {
  const hostile = createServer((_, answer) => {
    answer.setHeader("content-type", "text/html");
    answer.end(`<!doctype html><iframe src="${stack.server}/frame/?worker=000001"></iframe>`);
  });
  await new Promise<void>((resolve) => hostile.listen(0, "127.0.0.1", resolve));
  try {
    const page = await (await person()).newPage();
    const refusal = page.waitForEvent("console", (message) => /frame-ancestors/.test(message.text()));
    await page.goto(`http://127.0.0.1:${(hostile.address() as AddressInfo).port}/`);
    await refusal;
    await expect(page.frameLocator("iframe").locator("eloops-card")).toHaveCount(0);
  } finally {
    hostile.close();
  }
});
