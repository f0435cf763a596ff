// Gives the demo company a history: awards with reasons and drawn photos, the same every time.
// Entered through the API like everything else, so the ledger's rules hold for it too.
import { client } from "./client.mjs";
import { numbers, picture } from "./picture.mjs";

const reasons = [
  "Helped a new colleague settle in", "Safety walk-through", "Customer praise", "Idea put into practice",
  "Team of the month", "Stayed calm in a busy week", "Shared a lesson learnt", "Volunteer day",
];
const captions = ["After the morning shift", "Our corner of the workshop", "Ride to work", "Team lunch", "The new line is up", ""];

/** Enters the history; running it twice adds nothing (idempotency keys). Gives the number of members it touched. */
export async function seedDemo(addresses) {
  const { api, all } = client(addresses);
  const members = (await all(null, "/members")).filter((m) => m.status === "active");
  await inParallel(6, members, async (member) => {
    const next = numbers(Number(member.worker_number));
    const pick = (list) => list[Math.floor(next() * list.length)];
    const key = (what) => ({ "idempotency-key": `demo-${member.worker_number}-${what}` });
    const awards = Math.floor(next() * 4);
    for (let i = 0; i < awards; i++) {
      const award = { amount: 10 * (1 + Math.floor(next() * 9)), reason: pick(reasons) };
      await api(null, "POST", `/members/${member.id}/coin-transactions`, award, key(`award-${i}`));
    }
    // Photos are costlier than awards: every sixth member has some.
    const photos = next() < 1 / 6 ? 1 + Math.floor(next() * 4) : 0;
    for (let i = 0; i < photos; i++) {
      const form = new FormData();
      form.append("file", new Blob([picture(Number(member.worker_number) * 10 + i)], { type: "image/png" }), `photo-${i}.png`);
      form.append("caption", pick(captions));
      await api(member.worker_number, "POST", "/me/uploads", form, key(`photo-${i}`));
    }
  });
  return members.length;
}

async function inParallel(width, items, work) {
  const queue = items.values();
  await Promise.all(Array.from({ length: width }, async () => {
    for (const item of queue) await work(item);
  }));
}
