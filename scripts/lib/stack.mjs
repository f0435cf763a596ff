// The complete system on one machine: the sandbox and the Eloops server, for `npm start`, the tests and the bench.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { at, target } from "./paths.mjs";
import { beside, tryRun } from "./run.mjs";
import { Fault } from "./say.mjs";
import { answers } from "./wait.mjs";

/**
 * Starts both and waits until they answer.
 *
 * `profile` is cargo's (`debug`, `release`), `folder` holds the database and the media, `company` is what the
 * sandbox's `--company` takes, `env` adds variables for the server, `log` is where both write (a file descriptor).
 */
export async function startStack({ profile, folder, ports, company = at("data", "adventure-works"), env = {}, sandboxArgs = [], log = /** @type {"inherit" | number} */ ("inherit") }) {
  mkdirSync(folder, { recursive: true });
  const addresses = { server: `http://localhost:${ports.server}`, sandbox: `http://127.0.0.1:${ports.sandbox}` };
  const settings = {
    ELOOPS_LISTEN: `127.0.0.1:${ports.server}`,
    ELOOPS_PUBLIC_URL: addresses.server,
    ELOOPS_DATABASE_URL: `sqlite://${join(folder, "eloops.db")}`,
    ELOOPS_MEDIA_URL: `file://${join(folder, "media")}`,
    ELOOPS_TENANT: "11111111-1111-1111-1111-111111111111",
    ELOOPS_AUTHORITY: addresses.sandbox,
    ELOOPS_CLIENT_ID: "eloops-server",
    ELOOPS_CLIENT_SECRET: "sandbox-secret",
    ELOOPS_TALENT_KIND: "finance-operations",
    ELOOPS_TALENT_URL: addresses.sandbox,
    ELOOPS_FRAME_ANCESTORS: addresses.sandbox,
    ELOOPS_FRAME_DIR: at("dist", "frame"),
    ...env,
  };
  const options = { stdio: ["ignore", log, log], cwd: folder, env: { ...process.env, ...settings } };
  const sandbox = beside(target(profile, "talent-sandbox"), [
    "--listen", `127.0.0.1:${ports.sandbox}`, "--company", String(company), "--eloops-url", addresses.server, ...sandboxArgs,
  ], options);
  let server;
  const stop = async () => {
    await Promise.all([server?.stop(), sandbox.stop()]);
  };
  const startServer = async () => {
    server = beside(target(profile, "eloops"), ["serve"], options);
    await answers(`${addresses.server}/readyz`, server.ended);
    return server;
  };
  try {
    await answers(`${addresses.sandbox}/sandbox/health`, sandbox.ended);
    await startServer();
  } catch (error) {
    await stop();
    throw error;
  }
  /** Runs `eloops` with this stack's settings; gives its exit status. */
  const eloops = (args, stdio = ["ignore", log, log]) => tryRun(target(profile, "eloops"), args, { ...options, stdio });
  /** Starts `eloops` with this stack's settings beside us; `text()` is what it wrote to stdout so far. */
  const besideUs = (args) => {
    const started = beside(target(profile, "eloops"), args, { ...options, stdio: ["ignore", "pipe", log] });
    let text = "";
    started.child.stdout.setEncoding("utf8").on("data", (chunk) => (text += chunk));
    return { ...started, text: () => text };
  };
  return {
    ...addresses,
    eloops,
    beside: besideUs,
    stop,
    startServer,
    get processes() {
      return { sandbox, server };
    },
    /** One sync run by the command; a failure is a `Fault`. */
    sync(direction) {
      const status = eloops(["sync", "--direction", direction]);
      if (status !== 0) throw new Fault(`eloops sync --direction ${direction} ended with status ${status}.`);
    },
  };
}
