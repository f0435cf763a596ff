// npm test: sets up what is missing and runs every suite; `npm test -- rust e2e` runs only those named.
import { readdirSync } from "node:fs";
import { at } from "./lib/paths.mjs";
import { startPostgres } from "./lib/postgres.mjs";
import { output, run, tryRun } from "./lib/run.mjs";
import { Fault, main, say } from "./lib/say.mjs";
import { findBrowser, setUpBuild } from "./lib/setup.mjs";

const here = { cwd: at() };
const cargo = (...args) => run("cargo", args, here);
const script = (name) => run("node", [at("scripts", name)], here);

/** Each suite ends with a `Fault` when something in it fails. */
const suites = {
  /** Formatting, lints, types. */
  lint() {
    cargo("fmt", "--all", "--check");
    cargo("clippy", "--workspace", "--all-targets", "--locked", "--quiet", "--", "-D", "warnings");
    script("build-frame.mjs");
    run("npx", ["tsc", "--noEmit"], here);
    run("npx", ["tsc", "--noEmit", "-p", at("tests", "e2e")], here);
  },

  /** Everything native; the store's tests on both databases. */
  async rust() {
    // On Ctrl-C we stay to stop the cluster.
    const stay = () => {};
    process.on("SIGINT", stay);
    const postgres = await startPostgres();
    try {
      const env = { ...process.env, ELOOPS_TEST_POSTGRES_URL: postgres.url };
      if (output("cargo", ["nextest", "--version"]) !== null) {
        run("cargo", ["nextest", "run", "--workspace", "--locked", "--no-fail-fast"], { ...here, env });
        run("cargo", ["test", "--workspace", "--doc", "--locked", "--quiet"], { ...here, env });
      } else {
        run("cargo", ["test", "--workspace", "--locked", "--no-fail-fast"], { ...here, env });
      }
    } finally {
      postgres.stop();
      process.off("SIGINT", stay);
    }
  },

  /** The card in a real browser. */
  async wasm() {
    script("test-wasm.mjs");
  },

  /** The scripts and the Power Apps component. */
  node() {
    script("build-frame.mjs");
    script("build-power-apps.mjs");
    // By name: Node 20 takes no patterns here.
    const tests = ["scripts/test", "power-apps/test"].flatMap((folder) =>
      readdirSync(at(folder)).filter((name) => name.endsWith(".test.mjs")).map((name) => at(folder, name)));
    run("node", ["--test", ...tests], here);
  },

  /** The whole system with two sites in one browser. */
  async e2e() {
    script("build-frame.mjs");
    cargo("build", "--locked", "-p", "eloops-server", "-p", "talent-sandbox", "--bins");
    const env = { ...process.env, CHROME: await findBrowser() };
    run("npx", ["playwright", "test", "--config", at("tests", "e2e", "playwright.config.ts")], { ...here, env });
  },

  /** Microsoft's own client libraries against the sandbox. */
  witness() {
    script("test-witness.mjs");
  },
};

await main(async () => {
  const named = process.argv.slice(2);
  const unknown = named.filter((name) => !(name in suites));
  if (unknown.length > 0) {
    throw new Fault(`There is no suite named ${unknown.join(", ")}: the suites are ${Object.keys(suites).join(", ")}.`);
  }
  setUpBuild();
  const results = [];
  for (const name of named.length > 0 ? named : Object.keys(suites)) {
    say(`Suite ${name}`);
    const begin = performance.now();
    const fault = await Promise.resolve().then(suites[name]).then(() => null, (error) => error);
    results.push({ name, fault, seconds: Math.round((performance.now() - begin) / 1000) });
    if (fault && !(fault instanceof Fault)) throw fault;
  }
  process.stdout.write("\n");
  for (const { name, fault, seconds } of results) {
    process.stdout.write(`${fault ? "✗" : "✓"} ${name} (${seconds} s)${fault ? `: ${fault.message}` : ""}\n`);
  }
  const failed = results.filter(({ fault }) => fault).length;
  process.stdout.write(`suites: ${results.length - failed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
});
