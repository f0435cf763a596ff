// Writing 10,000 changed workers back to Talent.
import { round, watch } from "./watch.mjs";
import { withStack } from "./stack.mjs";

export async function measure() {
  return withStack(11_000, async (stack) => {
    await watch(stack.beside(["sync", "--direction", "in", "--json"]));
    const members = (await stack.all(null, "/members")).filter(({ status }) => status === "active").slice(0, 10_000);
    const queue = members.values();
    await Promise.all(Array.from({ length: 8 }, async () => {
      for (const { id } of queue) await stack.api(null, "POST", `/members/${id}/coin-transactions`, { amount: 10, reason: "Bench" });
    }));
    await stack.control("DELETE", "requests");
    const { seconds, peak_mb, run } = await watch(stack.beside(["sync", "--direction", "out", "--json"]));
    const requests = (await stack.control("GET", "requests")).reduce((sum, { count }) => sum + count, 0);
    return { workers: members.length, written: run.counts.write, seconds, writes_per_s: round(run.counts.write / seconds), requests, peak_mb };
  });
}
