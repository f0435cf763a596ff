// node scripts/with-postgres.mjs COMMAND…: runs a command with a PostgreSQL of its own for the store's tests.
import { startPostgres } from "./lib/postgres.mjs";
import { tryRun } from "./lib/run.mjs";
import { Fault, main } from "./lib/say.mjs";

await main(async () => {
  const [command, ...args] = process.argv.slice(2);
  if (!command) throw new Fault("Say which command to run: node scripts/with-postgres.mjs cargo nextest run -p eloops-server");
  // Ctrl-C reaches the command; we stay to stop the cluster.
  process.on("SIGINT", () => {});
  const postgres = await startPostgres();
  try {
    return tryRun(command, args, { env: { ...process.env, ELOOPS_TEST_POSTGRES_URL: postgres.url } });
  } finally {
    postgres.stop();
  }
});
