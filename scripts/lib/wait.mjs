// Waiting for a condition, never for a length of time.
import { createServer } from "node:net";
import { Fault } from "./say.mjs";

/** Polls until `condition()` gives something truthy; a `Fault` with `what` after `seconds`. */
export async function until(what, condition, seconds = 60) {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > deadline) throw new Fault(`Waited ${seconds} s for ${what}, in vain.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Waits until an address answers with success; ends early when `ended` (a process) does. */
export async function answers(url, ended, seconds = 60) {
  let gone;
  ended?.then((how) => (gone = how));
  await until(`${url} to answer`, async () => {
    if (gone) throw new Fault(`The program behind ${url} ended before it answered; its message is above.`);
    return fetch(url).then((r) => r.ok, () => false);
  }, seconds);
}

/** A port of this machine that is free right now. */
export const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** Whether something listens on a port of this machine already. */
export const portTaken = (port) =>
  new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error) => resolve(error.code === "EADDRINUSE"));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(false)));
  });
