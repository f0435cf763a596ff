// npm run fuzz -- token 60: runs one fuzz target (or, without a name, each of them) for so many seconds, and tells how many
// inputs were tried. Not part of npm test: it takes as long as it is given. Needs a C++ compiler; cargo-fuzz is built once
// into .tools.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { at } from "./lib/paths.mjs";
import { output, run } from "./lib/run.mjs";
import { Fault, main, say } from "./lib/say.mjs";

/** The release of cargo-fuzz that this script knows. */
const cargoFuzz = "0.13.2";

await main(async () => {
  const targets = [...readFileSync(at("fuzz", "Cargo.toml"), "utf8").matchAll(/^\[\[bin\]\]\nname = "(\w+)"/gm)].map(([, name]) => name);
  const [name = "all", time = "60", ...more] = process.argv.slice(2);
  const seconds = Number(time);
  if (more.length > 0 || !Number.isInteger(seconds) || seconds < 1) {
    throw new Fault("Say what to fuzz and for how many seconds: npm run fuzz -- token 60.");
  }
  if (name !== "all" && !targets.includes(name)) {
    throw new Fault(`There is no fuzz target named ${name}: there is ${targets.join(", ")}, or all.`);
  }
  const tool = setUp();
  const figures = {};
  for (const target of name === "all" ? targets : [name]) figures[target] = fuzz(tool, target, seconds);
  process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
  return Object.values(figures).some((figure) => figure.crashes > 0) ? 1 : 0;
});

/** Finds what fuzzing needs beyond building, and builds what it can. */
function setUp() {
  if (output("cargo", ["--version"], { cwd: at() }) === null) {
    throw new Fault("Rust is missing: install rustup from rustup.rs, open a new terminal and run this again.");
  }
  if ((output("c++", ["--version"]) ?? output("clang++", ["--version"])) === null) {
    throw new Fault("A C++ compiler is missing, with which the fuzzer's engine is built: install g++ or clang.");
  }
  const tool = at(".tools", "bin", "cargo-fuzz");
  if (output(tool, ["--version"])?.split(" ")[1] !== cargoFuzz) {
    say(`Building cargo-fuzz ${cargoFuzz} into .tools (about two minutes, once)`);
    run("cargo", ["install", "cargo-fuzz", "--version", cargoFuzz, "--root", at(".tools"), "--locked", "--quiet"], { cwd: at() });
  }
  return tool;
}

/** Runs one target to the end of its time or to the first crash. */
function fuzz(tool, target, seconds) {
  const corpus = at("fuzz", "corpus", target);
  mkdirSync(corpus, { recursive: true });
  const dictionary = target === "token" ? [`-dict=${at("fuzz", "token.dict")}`] : [];
  say(`Fuzzing ${target} for ${seconds} s (the first time it is built, which takes some minutes)`);
  // The address sanitizer needs a nightly compiler. Rust's own checks (overflow, bounds) are on without it, and what is fuzzed
  // here holds no unsafe code. Coverage comes from flags that the stable compiler takes.
  const flags = ["run", "--sanitizer", "none", "--debug-assertions", target, corpus, at("fuzz", "seeds", target)];
  const limits = [`-max_total_time=${seconds}`, "-max_len=20000", "-timeout=10", "-print_final_stats=1"];
  const done = spawnSync(tool, [...flags, "--", ...limits, ...dictionary], { cwd: at(), encoding: "utf8", stdio: ["ignore", "inherit", "pipe"], maxBuffer: 1 << 28 });
  if (done.error) throw new Fault(`cargo-fuzz could not be started: ${done.error.message}.`);
  const count = (label) => Number(done.stderr.match(new RegExp(`stat::${label}:\\s+(\\d+)`))?.[1] ?? Number.NaN);
  const executions = count("number_of_executed_units");
  if (done.status !== 0 || Number.isNaN(executions)) {
    process.stderr.write(done.stderr.split("\n").slice(-60).join("\n"));
    if (!/Test unit written to/.test(done.stderr)) throw new Fault(`The fuzz target ${target} could not be built or run; the lines above say why.`);
  }
  const coverage = [...done.stderr.matchAll(/ cov: (\d+)/g)].at(-1)?.[1];
  return { seconds, executions, per_second: count("average_exec_per_sec"), edges: Number(coverage), crashes: done.status === 0 ? 0 : 1 };
}
