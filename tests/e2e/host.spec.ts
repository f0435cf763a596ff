// A host page on a site of its own hands its tokens to the frame of the complete system: listed by
// ELOOPS_TOKEN_HOSTS, with no window and no session.
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { client } from "../../scripts/lib/client.mjs";
import { startStack } from "../../scripts/lib/stack.mjs";
import { freePort } from "../../scripts/lib/wait.mjs";
import { cardOn, expect, test } from "./fixtures";

/** The host of docs/embed-the-frame.md. */
const example = (() => {
  const guide = readFileSync(new URL("../../docs/embed-the-frame.md", import.meta.url), "utf8");
  const found = guide.match(/<!-- host example -->\n+```html\n([\s\S]*?)```/);
  if (!found) throw new Error("docs/embed-the-frame.md has lost its host example.");
  return found[1]!;
})();

test("the guide's own host signs people in, at first and after a claims challenge", async ({ person }) => {
  const folder = mkdtempSync(join(tmpdir(), "eloops-host-"));
  const log = openSync(join(folder, "log"), "a");
  const [server, sandbox, port] = [await freePort(), await freePort(), await freePort()];
  const host = `http://127.0.0.1:${port}`;
  const stack = await startStack({
    profile: "debug",
    folder,
    ports: { server, sandbox },
    env: { ELOOPS_SYNC_EVERY: "off", ELOOPS_FRAME_ANCESTORS: host, ELOOPS_TOKEN_HOSTS: host },
    log,
  });
  const { control } = client(stack);
  const asked: { audience: string; claims: unknown }[] = [];
  const site = createServer(async (request, answer) => {
    const { pathname, searchParams } = new URL(request.url!, host);
    if (pathname !== "/token") {
      answer.setHeader("content-type", "text/html").end(example.replace("https://eloops.contoso.com", stack.server).replace("000123", "000011"));
      return;
    }
    // The host's own way to Microsoft: here the sandbox gives it what it wants.
    const claims = JSON.parse(searchParams.get("claims") ?? "null");
    const audience = searchParams.get("audience")!;
    asked.push({ audience, claims });
    answer.end(JSON.stringify(await control("POST", "tokens", { worker: "000011", audience, scopes: ["access_as_user"], signed_in_with: claims ?? {} })));
  });
  await new Promise<void>((resolve) => site.listen(port, "127.0.0.1", resolve));
  try {
    stack.sync("in");
    const context = await person();
    const page = await context.newPage();
    const pages = context.pages().length;
    await page.goto(`${host}/`);
    const card = cardOn(page);
    await expect(card.getByRole("heading", { name: /Gail/ })).toBeVisible();
    await expect(card.getByTestId("coins")).toHaveText("0");
    await expect(card.getByRole("button", { name: "Sign out" }), "the host signs in and out").toHaveCount(0);
    expect(asked).toEqual([{ audience: "api://eloops", claims: null }]);
    expect(context.pages(), "no window was opened").toHaveLength(pages);

    const claims = { access_token: { acrs: { essential: true, value: "c1" } } };
    await control("PUT", "policies", { claims_challenge: { audience: stack.sandbox, claims } });
    await page.reload();
    await expect(card.getByRole("heading", { name: /Gail/ })).toBeVisible();
    await expect(card.getByTestId("coins")).toHaveText("0");
    expect(asked.at(-1)).toEqual({ audience: "api://eloops", claims });
  } finally {
    site.closeAllConnections();
    site.close();
    await stack.stop();
    closeSync(log);
    rmSync(folder, { recursive: true, force: true });
  }
});
