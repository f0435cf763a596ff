// The ground the other tests stand on: Talent's page and the frame are two sites and share no storage.
import { expect, test } from "./fixtures";

test("a third-party frame does not share storage with its own site at top level", async ({ person, stack }) => {
  const context = await person();
  const page = await context.newPage();
  await page.goto(`${stack.sandbox}/workers/000001`);
  const frame = page.frames().find((f) => f.url().startsWith(stack.server));
  expect(frame, `a frame of ${stack.server} on the worker form`).toBeDefined();
  await frame!.evaluate(() => localStorage.setItem("partition", "framed"));

  const top = await context.newPage();
  await top.goto(`${stack.server}/frame/`);
  expect(await top.evaluate(() => localStorage.getItem("partition")), "what the same site sees at top level").toBeNull();
});
