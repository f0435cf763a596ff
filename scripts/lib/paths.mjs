// Where things are in the repository.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root folder. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A path below the root. */
export const at = (...parts) => join(root, ...parts);

/** Cargo's target folder; CARGO_TARGET_DIR moves it. */
export const target = (...parts) => join(process.env.CARGO_TARGET_DIR ?? at("target"), ...parts);

/** The version of a crate that Cargo.lock holds. */
export function lockedVersion(name) {
  const entry = readFileSync(at("Cargo.lock"), "utf8").match(
    new RegExp(`\\[\\[package\\]\\]\\nname = "${name}"\\nversion = "([^"]+)"`),
  );
  if (!entry) throw new Error(`Cargo.lock holds no crate named ${name}`);
  return entry[1];
}
