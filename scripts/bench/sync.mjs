// A first full inbound sync and a second one without changes, for companies of several sizes.
import { round, watch } from "./watch.mjs";
import { withStack } from "./stack.mjs";

const sizes = (process.env.BENCH_WORKERS ?? "290,10000,100000").split(",").map(Number);

export async function measure() {
  const figures = {};
  for (const workers of sizes) {
    figures[`${workers} workers`] = await withStack(workers, async (stack) => ({
      first: await pass(stack, workers),
      second: await pass(stack, workers),
    }));
  }
  return figures;
}

async function pass(stack, workers) {
  await stack.control("DELETE", "requests");
  const { seconds, peak_mb, run } = await watch(stack.beside(["sync", "--direction", "in", "--json"]));
  const requests = (await stack.control("GET", "requests")).reduce((sum, { count }) => sum + count, 0);
  return { seconds, workers_per_s: round(workers / seconds), peak_mb, requests, ...counts(run) };
}

const counts = ({ state, counts }) => ({ state, create: counts.create, update: counts.update, skip: counts.skip });
