// Finds what the build and the tests need, and installs what is missing into ignored folders.
// Quick when nothing is missing: each step first looks.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { at, lockedVersion } from "./paths.mjs";
import { output, run, tryRun } from "./run.mjs";
import { Fault, say } from "./say.mjs";

/** Everything that building needs: Node, Rust with the wasm target, npm packages, wasm-bindgen. */
export function setUpBuild() {
  checkNode(process.versions.node);
  rust();
  npmPackages();
  wasmBindgen();
}

/** Refuses a Node that is too old for the scripts. */
export function checkNode(version) {
  if (Number(version.split(".")[0]) < 20) {
    throw new Fault(`Node ${version} is too old: install Node 20 or newer from nodejs.org.`);
  }
}

function rust() {
  if (output("rustup", ["--version"]) === null) {
    throw new Fault("Rust's rustup is missing: install it from rustup.rs, open a new terminal and run this again.");
  }
  // rust-toolchain.toml names the version; the first call may fetch it.
  if (output("cargo", ["--version"], { cwd: at() }) === null) {
    say("Installing the Rust toolchain that rust-toolchain.toml names");
    run("rustup", ["toolchain", "install"], { cwd: at() });
  }
  const targets = output("rustup", ["target", "list", "--installed"], { cwd: at() }) ?? "";
  if (!targets.split("\n").includes("wasm32-unknown-unknown")) {
    say("Adding Rust's WebAssembly target");
    run("rustup", ["target", "add", "wasm32-unknown-unknown"], { cwd: at() });
  }
}

function npmPackages() {
  const wanted = createHash("sha256").update(readFileSync(at("package-lock.json"))).digest("hex");
  const stamp = at("node_modules", ".installed-from");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  say("Installing the npm packages (npm ci)");
  run("npm", ["ci", "--no-progress"], {
    cwd: at(),
    // Browsers come from findBrowser below, not from a package's own download.
    env: { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: "1" },
  });
  writeFileSync(stamp, wanted);
}

/** The wasm-bindgen tool must be of exactly the version of the crate. */
function wasmBindgen() {
  const version = lockedVersion("wasm-bindgen");
  const tool = at(".tools", "bin", "wasm-bindgen");
  if (output(tool, ["--version"])?.split(" ")[1] === version) return;
  say(`Building wasm-bindgen ${version} into .tools (about three minutes, once)`);
  run("cargo", ["install", "wasm-bindgen-cli", "--version", version, "--root", at(".tools"), "--quiet"], {
    cwd: at(),
  });
}

/**
 * A Chromium for the tests: CHROME, an installed one, Debian's package, or Playwright's own.
 *
 * @returns {Promise<string>} the path of its program
 */
export async function findBrowser() {
  if (process.env.CHROME) {
    if (output(process.env.CHROME, ["--version"]) !== null) return process.env.CHROME;
    throw new Fault(`CHROME names ${process.env.CHROME}, which does not start: set it to a Chrome or Chromium.`);
  }
  const known = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const found = () => known.map((name) => output("which", [name])).find(Boolean);
  if (found()) return found();
  if (output("which", ["apt-get"]) && process.getuid?.() === 0) {
    say("Installing Chromium for the tests (apt-get)");
    const quiet = { stdio: ["ignore", "ignore", "inherit"] };
    if (tryRun("apt-get", ["update", "-qq"], quiet) === 0 &&
        tryRun("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-noto-core"], quiet) === 0 && found()) {
      return found();
    }
  }
  const { chromium } = await import("@playwright/test");
  if (!existsSync(chromium.executablePath())) {
    say("Installing Playwright's Chromium for the tests");
    if (tryRun("npx", ["playwright", "install", "chromium"], { cwd: at() }) !== 0) {
      throw new Fault("No browser for the tests: install Chromium (or Chrome), or set CHROME to one, and run this again.");
    }
  }
  return chromium.executablePath();
}

/** Writes a small file below the repository, making its folder. */
export function stamp(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
