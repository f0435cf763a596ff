// What the build has left in dist/power-apps.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { at, target } from "../../../scripts/lib/paths.mjs";

const folder = at("dist", "power-apps");
if (!existsSync(folder)) throw new Error("dist/power-apps is missing: run node scripts/build-power-apps.mjs first.");

export const about = JSON.parse(readFileSync(at("power-apps", "solution.json"), "utf8"));
export const { version } = JSON.parse(readFileSync(at("package.json"), "utf8"));
export const languages = readdirSync(at("www", "locales")).map((file) => file.replace(/\.json$/, ""));
/** The component as the frame's build has left it. */
export const module = { glue: target("frame", "eloops_card.js"), wasm: target("frame", "card.wasm") };

/** A file of the built control, e.g. `bundle.js`. */
export const controlFile = (path) => readFileSync(join(folder, "Eloops.WorkerCard", path));
/** A solution's bytes. */
export const solutionBytes = (name) => readFileSync(join(folder, name));
