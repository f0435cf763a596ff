// Each missing prerequisite gets one clear sentence that says what to do, and no stack trace.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { at } from "../lib/paths.mjs";

/** Runs a script of ours; gives its status and what it said. */
function script(name, { args = [], env = process.env } = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [at("scripts", name), ...args], { env });
    let said = "";
    child.stderr.on("data", (chunk) => (said += chunk));
    child.once("exit", (status) => resolve({ status, said }));
  });
}

/** One line that begins with the mark of a fault; nothing that looks like a stack. */
function oneSentence(said, expected) {
  assert.match(said, expected);
  assert.doesNotMatch(said, /^\s+at /m, `a stack trace in: ${said}`);
}

test("a port in use is named, with how to find who uses it", async () => {
  const server = createServer();
  // Taken by us, or by a demo that runs on this machine: in use either way.
  await new Promise((resolve) => server.once("error", resolve).listen(7400, "127.0.0.1", resolve));
  try {
    const { status, said } = await script("start.mjs");
    assert.equal(status, 1);
    oneSentence(said, /Port 7400 is in use: .*lsof -i :7400/);
  } finally {
    server.close();
  }
});

test("without rustup the sentence says where to get it", async () => {
  const bin = mkdtempSync(join(tmpdir(), "eloops-path-"));
  try {
    symlinkSync(process.execPath, join(bin, "node"));
    const { status, said } = await script("build.mjs", { env: { ...process.env, PATH: bin } });
    assert.equal(status, 1);
    oneSentence(said, /rustup is missing: install it from rustup\.rs/);
  } finally {
    rmSync(bin, { recursive: true });
  }
});

test("a Node that is too old is told the version it needs", async () => {
  const { checkNode } = await import("../lib/setup.mjs");
  assert.throws(() => checkNode("18.19.1"), /Node 18\.19\.1 is too old: install Node 20 or newer/);
  checkNode("20.0.0");
});

test("CHROME that does not start is named", async () => {
  const { findBrowser } = await import("../lib/setup.mjs");
  const before = process.env.CHROME;
  process.env.CHROME = "/no/such/browser";
  try {
    await assert.rejects(findBrowser(), /CHROME names \/no\/such\/browser, which does not start/);
  } finally {
    if (before === undefined) delete process.env.CHROME;
    else process.env.CHROME = before;
  }
});

test("a suite that does not exist is answered with the list of those that do", async () => {
  const { status, said } = await script("test.mjs", { args: ["tset"] });
  assert.equal(status, 1);
  oneSentence(said, /There is no suite named tset: the suites are lint, rust, wasm, node, e2e/);
});
