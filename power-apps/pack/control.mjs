// The control's folder as the host expects it: bundle.js with everything inside, the processed manifest,
// styles, texts. No part of it needs Microsoft's tools.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { at } from "../../scripts/lib/paths.mjs";
import { listTexts } from "../../scripts/lib/texts.mjs";
import { processManifest } from "./manifest.mjs";

/** Where the control's sources are. */
export const source = at("power-apps", "WorkerCard");

/**
 * Builds the control: its name, and its files as `[path, bytes]` in the order of a solution.
 * `module` names the component's glue and wasm; `version` is that of this release, `a.b.c`.
 */
export async function buildControl({ module, version, languages, domains = [] }) {
  const manifest = processManifest(readFileSync(join(source, "ControlManifest.Input.xml"), "utf8"), { version, domains });
  const bundle = await bundleControl(join(source, "index.ts"), { module, languages });
  const folder = (name) => readdirSync(join(source, name)).sort().map((file) => [`${name}/${file}`, readFileSync(join(source, name, file))]);
  const files = [
    ["ControlManifest.xml", Buffer.from(manifest)],
    ["bundle.js", bundle],
    ["bundle.js.LICENSE.txt", readFileSync(at("LICENSE"))],
    ...folder("css"),
    ...folder("strings"),
  ];
  const attribute = (name) => manifest.match(new RegExp(`<control [^>]*\\b${name}="([^"]+)"`))[1];
  return { name: `${attribute("namespace")}.${attribute("constructor")}`, files };
}

/** One script of everything. Pages of the host know nothing of ES modules, hence the old format. */
export async function bundleControl(entry, { module, languages, format = "iife" }) {
  const built = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format,
    target: ["chrome123", "firefox120", "safari17.5"],
    legalComments: "none",
    // A warning here is a script that breaks at the host.
    logOverride: { "empty-import-meta": "error" },
    plugins: [bundled({ module, languages })],
  });
  return Buffer.from(built.outputFiles[0].contents);
}

/** Answers for the names that WorkerCard/bundled.d.ts declares, and for style sheets as text. */
const bundled = ({ module, languages }) => ({
  name: "bundled",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^eloops-card$/ }, () => ({ path: module.glue }));
    onResolve({ filter: /^eloops-card\.wasm$/ }, () => ({ path: module.wasm, namespace: "wasm" }));
    onResolve({ filter: /^eloops-texts$/ }, ({ path }) => ({ path, namespace: "texts" }));
    onLoad({ filter: /.*/, namespace: "wasm" }, ({ path }) => ({ contents: readFileSync(path), loader: "binary" }));
    onLoad({ filter: /.*/, namespace: "texts" }, () => ({ contents: JSON.stringify(texts(languages)), loader: "json" }));
    onLoad({ filter: /\.css$/ }, async ({ path }) => ({ contents: await styles(path), loader: "text" }));
  },
});

const texts = (languages) => Object.fromEntries(languages.map((tag) => [tag, listTexts(tag)]));

async function styles(path) {
  const built = await build({ entryPoints: [path], bundle: true, minify: true, write: false, legalComments: "none" });
  return built.outputFiles[0].text.trim();
}
