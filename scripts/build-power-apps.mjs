// Builds the Power Apps code component around the frame's module and packs it as solutions:
//
//   node scripts/build-power-apps.mjs [--domain eloops.contoso.com]…
//
// leaves dist/power-apps/EloopsForTalent_<version>.zip and …_managed.zip, and the control's own files
// beside them. `--domain` names hosts that the control calls, for the customer's administrator to see.
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { buildControl } from "../power-apps/pack/control.mjs";
import { faultsOf } from "../power-apps/pack/refuse.mjs";
import { packSolution, solutionFile } from "../power-apps/pack/zip.mjs";
import { at, target } from "./lib/paths.mjs";
import { run } from "./lib/run.mjs";
import { Fault, main, say } from "./lib/say.mjs";
import { checkTexts } from "./lib/texts.mjs";

const out = at("dist", "power-apps");
const making = at("dist", "power-apps.making");

await main(async () => {
  const { domain: domains } = options();
  const module = frameModule();
  const { version } = JSON.parse(readFileSync(at("package.json"), "utf8"));
  const about = JSON.parse(readFileSync(at("power-apps", "solution.json"), "utf8"));
  const control = await buildControl({ module, version, languages: checkTexts(), domains });
  const faults = faultsOf(control.files);
  if (faults.length > 0) throw new Fault(`The Power Apps component cannot be packed:\n  ${faults.join("\n  ")}`);

  rmSync(making, { recursive: true, force: true });
  for (const [path, bytes] of control.files) keep(join(control.name, path), bytes);
  for (const managed of [false, true]) {
    keep(solutionFile(about, version, managed), packSolution({ about, control, version, managed }));
  }
  rmSync(out, { recursive: true, force: true });
  renameSync(making, out);
  const bundle = control.files.find(([path]) => path === "bundle.js")[1];
  say(`The Power Apps solutions are in dist/power-apps (bundle.js ${(bundle.length / 1000).toFixed(1)} kB)`);
});

function options() {
  try {
    return parseArgs({ options: { domain: { type: "string", multiple: true, default: [] } } }).values;
  } catch (error) {
    throw new Fault(`${error.message}. Only --domain HOST is known.`);
  }
}

/** The component's glue and module, as the frame's build has made them. */
function frameModule() {
  const module = { glue: target("frame", "eloops_card.js"), wasm: target("frame", "card.wasm") };
  const build = () => run(process.execPath, [at("scripts", "build-frame.mjs")], { cwd: at() });
  build();
  if (!isTheFrames(module)) {
    // The frame is up to date, but what it was made of is gone or belongs to another build.
    rmSync(at("dist", "frame"), { recursive: true, force: true });
    build();
  }
  return module;
}

function isTheFrames({ glue, wasm }) {
  if (!existsSync(glue) || !existsSync(wasm)) return false;
  const assets = at("dist", "frame", "assets");
  const name = readdirSync(assets).find((name) => /^card\.[0-9a-f]+\.wasm$/.test(name));
  return name !== undefined && readFileSync(join(assets, name)).equals(readFileSync(wasm));
}

function keep(path, bytes) {
  mkdirSync(dirname(join(making, path)), { recursive: true });
  writeFileSync(join(making, path), bytes);
}
