// A PostgreSQL of our own for the tests: a temporary cluster on a free port, gone afterwards.
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { output, run, tryRun } from "./run.mjs";
import { Fault, say } from "./say.mjs";
import { freePort } from "./wait.mjs";

/** Starts a cluster; gives its superuser URL and `stop()`. */
export async function startPostgres() {
  const bin = binaries();
  const user = unprivileged();
  const folder = mkdtempSync(join(tmpdir(), "eloops-postgres-"));
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
  const port = await freePort();
  const quiet = { ...user, stdio: ["ignore", "ignore", "inherit"], cwd: folder };
  const data = join(folder, "data");
  run(join(bin, "initdb"), ["-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"], quiet);
  // Tests lose nothing by a crash of this cluster, so it need not wait for the disk.
  const settings = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200`;
  run(join(bin, "pg_ctl"), ["-D", data, "-o", settings, "-l", join(folder, "log"), "-w", "start"], quiet);
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    stop() {
      tryRun(join(bin, "pg_ctl"), ["-D", data, "-m", "immediate", "-w", "stop"], quiet);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function binaries() {
  const find = () => {
    const onPath = output("which", ["pg_ctl"]);
    if (onPath && output("which", ["initdb"])) return join(onPath, "..");
    const base = "/usr/lib/postgresql";
    const newest = existsSync(base) ? readdirSync(base).sort((a, b) => Number(b) - Number(a))[0] : undefined;
    return newest ? join(base, newest, "bin") : undefined;
  };
  if (find()) return find();
  if (output("which", ["apt-get"]) && process.getuid?.() === 0) {
    say("Installing PostgreSQL for the tests (apt-get)");
    const quiet = { stdio: ["ignore", "ignore", "inherit"] };
    tryRun("apt-get", ["update", "-qq"], quiet);
    tryRun("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "postgresql"], quiet);
    if (find()) return find();
  }
  throw new Fault("PostgreSQL is missing: install it (its initdb and pg_ctl on the PATH), then run the tests again.");
}

/** PostgreSQL refuses to run as root; then it runs as `postgres`, else as `nobody`. */
function unprivileged() {
  if (process.getuid?.() !== 0) return {};
  for (const name of ["postgres", "nobody"]) {
    const uid = output("id", ["-u", name]);
    if (uid !== null) return { uid: Number(uid), gid: Number(output("id", ["-g", name])) };
  }
  throw new Fault("PostgreSQL cannot run as root here: run the tests as an ordinary user.");
}
