// What the scripts say to a person: one line a step, errors in one sentence that says what to do.

/** A fault with a sentence for the person at the terminal; no stack is shown for it. */
export class Fault extends Error {}

/** Says what is being done. */
export const say = (text) => process.stderr.write(`· ${text}\n`);

/** Runs a script's main function; a `Fault` ends it with its sentence and status 1. */
export async function main(body) {
  try {
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    process.stderr.write(error instanceof Fault ? `\n✗ ${error.message}\n` : `\n✗ ${error.stack}\n`);
    process.exitCode = 1;
  }
}
