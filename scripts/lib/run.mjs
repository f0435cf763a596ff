// Starting other programs: to the end, for their output, or beside us until we end.
import { spawn, spawnSync } from "node:child_process";
import { constants } from "node:os";
import { Fault } from "./say.mjs";

/** Runs a program with our terminal; a failure is a `Fault` that names it. */
export function run(command, args, options = {}) {
  const status = tryRun(command, args, options);
  if (status !== 0) throw new Fault(`${[command, ...args].join(" ")} ended with status ${status}.`);
}

/** Runs a program with our terminal and gives its exit status. */
export function tryRun(command, args, options = {}) {
  const done = spawnSync(command, args, { stdio: "inherit", ...options });
  if (done.error) throw new Fault(`${command} could not be started: ${done.error.message}.`);
  return done.signal ? 128 + (constants.signals[done.signal] ?? 0) : done.status;
}

/** A program's standard output, or null when it is missing or fails. */
export function output(command, args, options = {}) {
  const done = spawnSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], ...options });
  return done.error || done.status !== 0 ? null : done.stdout.trim();
}

/** Starts a program that runs beside us; `stop()` ends it and waits until it has ended. */
export function beside(command, args, options = {}) {
  const child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit"], ...options });
  const ended = new Promise((resolve) => {
    child.once("error", (error) => resolve({ error }));
    child.once("close", (status, signal) => resolve({ status, signal }));
  });
  const stop = async (signal = "SIGTERM") => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await ended;
  };
  return { child, ended, stop };
}
