// npm run build: the frame into dist/frame, the Power Apps solutions into dist/power-apps,
// the binaries `eloops` and `talent-sandbox` into target/release.
import { at } from "./lib/paths.mjs";
import { run } from "./lib/run.mjs";
import { main, say } from "./lib/say.mjs";
import { setUpBuild } from "./lib/setup.mjs";

await main(() => {
  setUpBuild();
  run("node", [at("scripts", "build-frame.mjs")], { cwd: at() });
  run("node", [at("scripts", "build-power-apps.mjs")], { cwd: at() });
  say("Building eloops and talent-sandbox (release)");
  run("cargo", ["build", "--release", "--locked", "-p", "eloops-server", "-p", "talent-sandbox", "--bins"], { cwd: at() });
});
