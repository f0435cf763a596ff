// npm run bench: the figures of the README and the closing notes, as JSON on stdout and a table on stderr.
// `npm run bench -- sync activity frame` measures only what is named; BENCH_WORKERS=290,10000 chooses the sizes.
import { cpus } from "node:os";
import { at } from "./lib/paths.mjs";
import { run } from "./lib/run.mjs";
import { Fault, main, say } from "./lib/say.mjs";
import { setUpBuild } from "./lib/setup.mjs";

const parts = ["sync", "outbound", "activity", "frame", "tokens"];

await main(async () => {
  const named = process.argv.slice(2);
  const unknown = named.filter((name) => !parts.includes(name));
  if (unknown.length > 0) throw new Fault(`There is nothing named ${unknown.join(", ")} to measure: there is ${parts.join(", ")}.`);
  setUpBuild();
  run("node", [at("scripts", "build-frame.mjs")], { cwd: at(), stdio: ["ignore", 2, 2] });
  say("Building eloops and talent-sandbox (release)");
  run("cargo", ["build", "--release", "--locked", "--quiet", "-p", "eloops-server", "-p", "talent-sandbox", "--bins"], { cwd: at() });

  const figures = { machine: { cores: cpus().length, cpu: cpus()[0].model, node: process.versions.node } };
  for (const name of named.length > 0 ? named : parts) {
    say(`Measuring ${name}`);
    const { measure } = await import(`./bench/${name}.mjs`);
    figures[name] = await measure();
  }
  process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
  process.stderr.write(`\n${table(figures)}\n`);
});

/** One line a figure: `part.name…  value`. */
function table(figures) {
  const lines = [];
  const walk = (path, value) => {
    if (value !== null && typeof value === "object") {
      for (const [key, inner] of Object.entries(value)) walk([...path, key], inner);
    } else {
      lines.push([path.join(" · "), String(value)]);
    }
  };
  walk([], figures);
  const width = Math.max(...lines.map(([name]) => name.length));
  return lines.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join("\n");
}
