// Microsoft's own client libraries against the sandbox: tests/witness. MSAL speaks to an authority by https only,
// so the tests put TLS before the sandbox, with a certificate made here for this run.
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { at, target } from "./lib/paths.mjs";
import { run } from "./lib/run.mjs";
import { main } from "./lib/say.mjs";
import { findBrowser } from "./lib/setup.mjs";

await main(async () => {
  run("cargo", ["build", "--locked", "--quiet", "-p", "talent-sandbox", "--bin", "talent-sandbox", "--example", "certificate"], { cwd: at() });
  const folder = mkdtempSync(join(tmpdir(), "eloops-witness-"));
  try {
    const certificate = target("debug", "examples", "certificate");
    run(certificate, [folder, "tls", "127.0.0.1"]);
    run(certificate, [folder, "app"]);
    const tests = readdirSync(at("tests", "witness")).filter((name) => name.endsWith(".test.mjs"));
    run("node", ["--test", ...tests.map((name) => at("tests", "witness", name))], {
      cwd: at(),
      env: {
        ...process.env,
        CHROME: await findBrowser(),
        WITNESS_FOLDER: folder,
        // Node reads it when it starts, which is why the tests are a process of their own.
        NODE_EXTRA_CA_CERTS: join(folder, "tls.pem"),
      },
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
