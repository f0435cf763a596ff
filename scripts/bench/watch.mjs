// Runs `eloops` to its end and watches it: seconds, and its peak of resident memory as Linux keeps it.
import { readFileSync } from "node:fs";

/** Gives `{ seconds, peak_mb, run }` of one `eloops sync … --json`. */
export async function watch(started) {
  const begin = performance.now();
  const { child, ended, text } = started;
  let peak = null;
  const look = setInterval(() => (peak = peakOf(child.pid) ?? peak), 20);
  const { status } = await ended;
  clearInterval(look);
  const seconds = (performance.now() - begin) / 1000;
  if (status !== 0) throw new Error(`eloops ended with status ${status}: ${text().slice(-2000)}`);
  return { seconds: round(seconds), peak_mb: peak, run: JSON.parse(text()) };
}

/** VmHWM, the highest resident set so far, in MB (10⁶ bytes); null where there is no /proc. */
function peakOf(pid) {
  try {
    const kib = readFileSync(`/proc/${pid}/status`, "utf8").match(/VmHWM:\s+(\d+) kB/)?.[1];
    return kib ? Math.round((Number(kib) * 1024) / 1e6) : null;
  } catch {
    return null;
  }
}

/** Three digits are more than this machine's noise deserves. */
export const round = (value) => Number(value.toPrecision(3));
