// npm start: sets up what is missing, builds, and runs sandbox and server with the AdventureWorks company.
// `npm start -- --fresh` forgets the demo's database first.
import { existsSync, mkdirSync, openSync, rmSync } from "node:fs";
import { seedDemo } from "./lib/demo.mjs";
import { at } from "./lib/paths.mjs";
import { run } from "./lib/run.mjs";
import { Fault, main, say } from "./lib/say.mjs";
import { setUpBuild, stamp } from "./lib/setup.mjs";
import { startStack } from "./lib/stack.mjs";
import { portTaken } from "./lib/wait.mjs";

const ports = { server: 7400, sandbox: 7410 };
const folder = at(".data");
const seeded = at(".data", "demo-entered");

await main(async () => {
  for (const port of Object.values(ports)) {
    if (await portTaken(port)) {
      throw new Fault(`Port ${port} is in use: end what listens there (lsof -i :${port} names it), then run npm start again.`);
    }
  }
  setUpBuild();
  run("node", [at("scripts", "build-frame.mjs")], { cwd: at() });
  say("Building eloops and talent-sandbox (release; a few minutes the first time)");
  run("cargo", ["build", "--release", "--locked", "--quiet", "-p", "eloops-server", "-p", "talent-sandbox", "--bins"], { cwd: at() });

  if (process.argv.includes("--fresh")) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const log = openSync(at(".data", "log"), "w");
  const stack = await startStack({ profile: "release", folder, ports, env: { ELOOPS_SYNC_EVERY: "1m" }, log });
  const stopped = Promise.race([
    new Promise((resolve) => ["SIGINT", "SIGTERM"].forEach((signal) => process.once(signal, resolve))),
    ...Object.entries(stack.processes).map(async ([name, { ended }]) => {
      await ended;
      throw new Fault(`The ${name} ended by itself; its last lines are in .data/log.`);
    }),
  ]);
  stopped.catch(() => {}); // judged where it is awaited
  try {
    say("Syncing Talent's workers in");
    stack.sync("in");
    if (!existsSync(seeded)) {
      say("Entering the demo's awards and photos (once)");
      await seedDemo(stack);
      stamp(seeded, "");
    }
    say("Syncing coins and uploads out");
    stack.sync("out");
    process.stdout.write(welcome(stack));
    await stopped;
  } finally {
    await stack.stop();
  }
});

function welcome({ server, sandbox }) {
  return `
  Talent (stand-in)   ${sandbox}/
  A worker's form     ${sandbox}/workers/000001   the card is on it
  My own card         ${server}/frame/
  API                 ${server}/api/docs

  On the form choose "Sign in" and pick a person: Jo Brown manages Guy Gilbert (000001),
  Ken Sánchez manages everybody, Guy Gilbert sees himself. No password is asked.
  Coins and uploads reach Talent's fields at the next sync, within a minute.

  Ctrl-C ends both. The log is in .data/log; \`npm start -- --fresh\` begins anew.

`;
}
