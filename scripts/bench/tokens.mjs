// Time to check a token with the keys at hand, and requests to Microsoft's token endpoint for 1,000 calls of the API: 20 people
// who each read their record in Talent 50 times, which needs a token on behalf of each.
import { at } from "../lib/paths.mjs";
import { output } from "../lib/run.mjs";
import { Fault, say } from "../lib/say.mjs";
import { withStack } from "./stack.mjs";

const people = 20;
const calls = 50;

export async function measure() {
  say("Building the measurement of the validator (release)");
  const text = output("cargo", ["bench", "--quiet", "--locked", "-p", "eloops-server", "--bench", "token"], { cwd: at() });
  if (text === null) throw new Fault("The measurement of the validator failed: cargo bench -p eloops-server --bench token tells why.");
  return { validator: JSON.parse(text), microsoft: await tokenRequests() };
}

async function tokenRequests() {
  return withStack(at("data", "adventure-works"), async (stack) => {
    stack.sync("in");
    const members = (await stack.all(null, "/members?status=active")).filter((member) => member.email).slice(0, people);
    if (members.length < people) throw new Fault(`The company holds ${members.length} people who can sign in; ${people} are needed.`);
    for (const member of members) await stack.token(member.worker_number);
    await stack.control("DELETE", "requests");
    let asUser = 0;
    await Promise.all(
      members.map(async ({ worker_number: number }) => {
        for (let call = 0; call < calls; call += 1) {
          const record = await stack.api(number, "GET", `/talent/workers/${number}`);
          if (record.source === "talent") asUser += 1;
        }
      }),
    );
    const requests = await stack.control("GET", "requests");
    const tokens = requests.filter(({ path }) => path.endsWith("/token")).reduce((sum, { count }) => sum + count, 0);
    const api = people * calls;
    return { people, api_calls: api, answered_by_talent: asUser, token_requests: tokens, token_requests_per_1000_calls: (tokens * 1000) / api };
  });
}
