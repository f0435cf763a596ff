// Requests a second of GET /workers/{number}/activity, with the 50th and 99th percentile of their time.
import autocannon from "autocannon";
import { at } from "../lib/paths.mjs";
import { withStack } from "./stack.mjs";

export async function measure() {
  return withStack(at("data", "adventure-works"), async (stack) => {
    stack.sync("in");
    const result = await autocannon({
      url: `${stack.server.replace("localhost", "127.0.0.1")}/api/v1/workers/000001/activity`,
      headers: { authorization: `Bearer ${await stack.token("000001")}` },
      connections: 16,
      duration: 10,
    });
    if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} answers were no success, ${result.errors} failed`);
    return { requests_per_s: Math.round(result.requests.average), p50_ms: result.latency.p50, p99_ms: result.latency.p99, connections: 16 };
  });
}
