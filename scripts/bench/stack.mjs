// A system for one measurement, on free ports, its log in the temporary folder that goes with it.
import { mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { client } from "../lib/client.mjs";
import { startStack } from "../lib/stack.mjs";
import { freePort } from "../lib/wait.mjs";

/** Runs `body` with a fresh system around a company of `company` (a number of workers, or a folder). */
export async function withStack(company, body, sandboxArgs = []) {
  const folder = mkdtempSync(join(tmpdir(), "eloops-bench-"));
  const stack = await startStack({
    profile: "release",
    folder,
    company,
    sandboxArgs,
    ports: { server: await freePort(), sandbox: await freePort() },
    env: { ELOOPS_SYNC_EVERY: "off", ELOOPS_RATE_LIMIT: "off", RUST_LOG: "warn" },
    log: openSync(join(folder, "log"), "a"),
  });
  try {
    return await body({ ...stack, ...client(stack) });
  } finally {
    await stack.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
