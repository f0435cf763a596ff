import { defineConfig } from "@playwright/test";

// Every worker starts a sandbox, a server and a browser of its own (fixtures.ts), so that files run in parallel.
export default defineConfig({
  testDir: ".",
  fullyParallel: false,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  reporter: [["list"]],
  outputDir: "../../test-results",
});
