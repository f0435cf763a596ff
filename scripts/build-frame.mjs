// Builds the frame into dist/frame: the component's module, the script around it, styles, texts.
// Files in dist/frame/assets carry a hash of their content in their names and never change; each
// file has its .br and .gz beside it. Quick when nothing changed.
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { checkTexts, listTexts } from "./lib/texts.mjs";
import { mutePanics } from "./lib/mute-panics.mjs";
import { shortenImports } from "./lib/short-imports.mjs";
import { at, target } from "./lib/paths.mjs";
import { run } from "./lib/run.mjs";
import { main, say } from "./lib/say.mjs";

const out = at("dist", "frame");
const making = at("dist", "frame.making");
const generated = target("frame");

/** What of WebAssembly the module may use: what Rust's target turns on, in every browser since 2023. */
const features = ["bulk-memory", "bulk-memory-opt", "call-indirect-overlong", "multivalue", "mutable-globals", "nontrapping-float-to-int", "reference-types", "sign-ext"];

await main(async () => {
  const wanted = inputs();
  const stamp = join(out, "sizes.json");
  if (existsSync(stamp) && JSON.parse(readFileSync(stamp, "utf8")).inputs === wanted) {
    report(JSON.parse(readFileSync(stamp, "utf8")));
    return;
  }
  const languages = checkTexts();
  const module = buildModule();
  rmSync(making, { recursive: true, force: true });
  mkdirSync(join(making, "assets"), { recursive: true });

  const wasm = asset("card.wasm", readFileSync(module));
  const texts = Object.fromEntries(languages.map((tag) => [tag, asset(`${tag}.json`, JSON.stringify(listTexts(tag)))]));
  const host = asset("host.js", await bundle(at("www", "host.ts")));
  const script = asset("frame.js", await bundle(at("www", "frame.ts"), {
    HOST_FILE: JSON.stringify(host),
    WASM_FILE: JSON.stringify(wasm),
    LOCALE_FILES: JSON.stringify(texts),
  }));
  const styles = asset("page.css", await bundle(at("www", "styles", "page.css")));
  page({ wasm, script, styles });
  // The one name that stays: other pages import `mount` from here, whatever the hash.
  keep("eloops-card.js", `export*from"./assets/${script}";\n`);

  const sizes = measure(wanted, [`assets/${wasm}`, `assets/${script}`, `assets/${styles}`, `assets/${texts.en}`, "index.html"]);
  writeFileSync(join(making, "sizes.json"), `${JSON.stringify(sizes, null, 2)}\n`);
  rmSync(out, { recursive: true, force: true });
  renameSync(making, out);
  report(sizes);
});

/** A hash over everything that the result depends on. */
function inputs() {
  const hash = createHash("sha256");
  const add = (path) => {
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).sort()) add(join(path, name));
    } else {
      hash.update(path.slice(at().length)).update("\0").update(readFileSync(path)).update("\0");
    }
  };
  for (const path of ["src", "crates/api", "www", "Cargo.toml", "Cargo.lock", "rust-toolchain.toml", "package-lock.json", "scripts/build-frame.mjs", "scripts/lib"]) {
    add(at(path));
  }
  return hash.digest("hex");
}

/** Compiles the component, makes its glue, and lets Binaryen make it smaller. */
function buildModule() {
  say("Building the component (cargo, wasm-bindgen, wasm-opt)");
  run("cargo", ["build", "--locked", "--quiet", "-p", "eloops-card", "--lib", "--profile", "wasm", "--target", "wasm32-unknown-unknown"], { cwd: at(), env: { ...process.env, RUSTFLAGS: plainPaths() } });
  mkdirSync(generated, { recursive: true });
  run(at(".tools", "bin", "wasm-bindgen"), [
    target("wasm32-unknown-unknown", "wasm", "eloops_card.wasm"),
    "--out-dir", generated, "--target", "web", "--no-typescript", "--omit-default-module-path", "--remove-producers-section",
  ]);
  const glue = join(generated, "eloops_card.js");
  const bound = join(generated, "eloops_card_bg.wasm");
  const shorter = shortenImports(mutePanics(readFileSync(bound)), readFileSync(glue, "utf8"));
  writeFileSync(bound, shorter.wasm);
  writeFileSync(glue, shorter.glue);
  const small = join(generated, "card.wasm");
  run(process.execPath, [
    at("node_modules", "binaryen", "bin", "wasm-opt"),
    bound, "--generate-global-effects", "-Oz", "--one-caller-inline-max-function-size=20", "--converge", "--strip-target-features", ...features.map((name) => `--enable-${name}`), "-o", small,
  ]);
  return small;
}

/** Panics name source files; no path of this machine belongs into the module. */
function plainPaths() {
  const home = process.env.CARGO_HOME ?? join(homedir(), ".cargo");
  const sources = join(home, "registry", "src");
  const registries = existsSync(sources) ? readdirSync(sources) : [];
  return [...registries.map((name) => `--remap-path-prefix=${join(sources, name)}/=`), `--remap-path-prefix=${at()}/=`].join(" ");
}

/** Bundles and minifies a script, or a style sheet with what it imports. */
async function bundle(entry, define = {}) {
  const built = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: ["chrome123", "firefox120", "safari17.5"],
    legalComments: "none",
    define,
    alias: { "eloops-card": join(generated, "eloops_card.js") },
    plugins: entry.endsWith(".ts") ? [{ name: "styles", setup: ({ onLoad }) => onLoad({ filter: /\.css$/ }, async ({ path }) => ({ contents: (await bundle(path)).trim(), loader: "text" })) }] : [],
  });
  return built.outputFiles[0].text;
}

/** Keeps a file under a name with its content's hash; gives the name. */
function asset(name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 12);
  const [stem, extension] = name.split(".");
  const hashed = `${stem}.${hash}.${extension}`;
  keep(join("assets", hashed), content);
  return hashed;
}

/** Writes a file with its compressed forms. */
function keep(path, content) {
  const bytes = Buffer.from(content);
  const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } };
  writeFileSync(join(making, path), bytes);
  writeFileSync(join(making, `${path}.br`), brotliCompressSync(bytes, brotli));
  writeFileSync(join(making, `${path}.gz`), gzipSync(bytes, { level: 9 }));
}

/** The page: its build block names the hashed files, the module first because it takes longest. */
function page({ wasm, script, styles }) {
  const source = readFileSync(at("www", "index.html"), "utf8");
  const links = [
    `<link rel="preload" href="assets/${wasm}" as="fetch" type="application/wasm" crossorigin>`,
    `<link rel="modulepreload" href="assets/${script}">`,
    `<link rel="stylesheet" href="assets/${styles}">`,
    `<script type="module" src="assets/${script}"></script>`,
  ];
  const page = source.replace(/<!-- build: assets -->.*<!-- \/build -->/s, links.join("")).replace(/<!-- (?!build).*? -->/gs, "").replace(/\n\s*/g, "\n");
  if (page.includes("frame.ts")) throw new Error("www/index.html has lost its build block.");
  keep("index.html", page);
}

function measure(wanted, paths) {
  const size = (path) => ({ bytes: statSync(join(making, path)).size, brotli: statSync(join(making, `${path}.br`)).size });
  const files = Object.fromEntries(paths.map((path) => [basename(path).replace(/\.[0-9a-f]{12}\./, "."), size(path)]));
  const total = Object.values(files).reduce((sum, file) => ({ bytes: sum.bytes + file.bytes, brotli: sum.brotli + file.brotli }), { bytes: 0, brotli: 0 });
  return { inputs: wanted, total, files };
}

function report({ total, files }) {
  const parts = Object.entries(files).map(([name, { brotli }]) => `${name} ${brotli}`).join(", ");
  say(`The frame is ${(total.brotli / 1000).toFixed(1)} kB brotli (${parts})`);
}
