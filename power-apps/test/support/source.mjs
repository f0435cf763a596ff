// A source of the control as a module of Node's, for tests that need no page.
import { bundleControl, source } from "../../pack/control.mjs";
import { join } from "node:path";
import { languages, module } from "./built.mjs";

/** Imports one of WorkerCard's TypeScript files. */
export async function importSource(file) {
  const script = await bundleControl(join(source, file), { module, languages, format: "esm" });
  return import(`data:text/javascript;base64,${script.toString("base64")}`);
}
