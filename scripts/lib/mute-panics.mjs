// Takes the words out of panics. A panic of the component ends in a trap whose message nobody sees, as
// the module has no console; still, making the message is a sixth of the module. The functions that
// only make it are cut down to the trap they end in (as rustwasm's `wasm-snip` does), and wasm-opt then
// removes what only they needed. The component itself writes no number and no `{:?}` with core::fmt:
// numbers go through `Intl`.
import { CODE, CUSTOM, IMPORT, Reader, assembled, number, sections, sized } from "./wasm-module.mjs";

/** Functions that never return, and those that only write what a panic says, by the compiler's names. */
const wordy = [
  /^core::panicking::/,
  /^core::(option|result)::(unwrap|expect)_failed\b/,
  /^core::cell::panic_already_/,
  /^core::(slice|str)::.*_fail(_rt)?\b/,
  /^alloc::raw_vec::(handle_error|capacity_overflow)\b/,
  /^alloc::alloc::handle_alloc_error\b/,
  /^std::panicking::/,
  /^std::thread::local::panic_access_error\b/,
  /^<std::panicking::/,
  /^<core::cell::Borrow(Mut)?Error as /,
  / as core::fmt::Debug>::fmt\b/,
  // Counts characters for padding, which nothing here asks for.
  /^core::str::count::/,
  /^<core::fmt::Formatter>::pad_integral\b/,
  /^__rustc::(rust_begin_unwind|__rust_start_panic|rust_panic)\b/,
];

/** No locals; `unreachable`, which fits any result; `end`. */
const trap = sized(Buffer.from([0, 0x00, 0x0b]));

/** The module with its panics muted; it must still have its name section. */
export function mutePanics(wasm) {
  const parts = sections(wasm);
  const names = functionNames(parts);
  const imported = importedFunctions(parts);
  let muted = 0;
  const code = parts.find(({ id }) => id === CODE);
  const reader = new Reader(code.content);
  const count = reader.number();
  const bodies = [number(count)];
  for (let i = 0; i < count; i++) {
    const body = reader.sized();
    const name = names.get(imported + i) ?? "";
    const mute = wordy.some((pattern) => pattern.test(name));
    if (mute) muted += 1;
    bodies.push(mute ? trap : sized(body));
  }
  if (muted === 0) throw new Error("No panic was found in the module: scripts/lib/mute-panics.mjs no longer knows their names.");
  code.content = Buffer.concat(bodies);
  return assembled(parts);
}

/** Function names by index, without the hashes that v0 names carry: `core[1f…]::panicking::panic`. */
function functionNames(parts) {
  const names = new Map();
  for (const { id, content } of parts) {
    if (id !== CUSTOM) continue;
    const reader = new Reader(content);
    if (reader.text() !== "name") continue;
    while (!reader.done) {
      const kind = reader.byte();
      const part = new Reader(reader.sized());
      if (kind !== 1) continue;
      for (let left = part.number(); left > 0; left--) {
        const index = part.number();
        names.set(index, part.text().replace(/\[[0-9a-f]+\]/g, ""));
      }
    }
  }
  return names;
}

function importedFunctions(parts) {
  const section = parts.find(({ id }) => id === IMPORT);
  return section ? new Reader(section.content).number() : 0;
}
