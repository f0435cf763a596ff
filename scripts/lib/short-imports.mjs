// Gives the module's imports short names. wasm-bindgen names each after its function and a hash, and
// both the module and its glue carry the name; hashes do not compress.

/** Renames the imports in the module and in its glue alike; gives both. */
export function shortenImports(wasm, glue) {
  const names = new Map();
  let text = glue;
  const module = rewriteImports(wasm, (name) => {
    const short = names.get(name) ?? `_${names.size.toString(36)}`;
    names.set(name, short);
    return ["_", short];
  });
  for (const from of new Set(module.modules)) text = text.replaceAll(`"${from}"`, '"_"');
  text = text.replace(/\b__wb\w+\b/g, (name) => names.get(name) ?? name);
  return { wasm: module.bytes, glue: text };
}

/** A copy of the module with other import names (WebAssembly Core 2.0 §5.5.5). */
function rewriteImports(wasm, rename) {
  const modules = [];
  let at = 8;
  const unsigned = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = wasm[at++];
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  const text = () => {
    const length = unsigned();
    return wasm.subarray(at, (at += length)).toString("utf8");
  };
  while (at < wasm.length) {
    const start = at;
    const id = wasm[at++];
    const length = unsigned();
    const end = at + length;
    if (id !== 2) {
      at = end;
      continue;
    }
    const count = unsigned();
    const parts = [encoded(count)];
    for (let i = 0; i < count; i++) {
      const from = text();
      const [module, name] = rename(text());
      modules.push(from);
      const kind = at;
      skipImported();
      parts.push(sized(Buffer.from(module)), sized(Buffer.from(name)), wasm.subarray(kind, at));
    }
    if (at !== end) throw new Error("The import section holds something that scripts/lib/short-imports.mjs does not know.");
    const section = Buffer.concat(parts);
    return { modules, bytes: Buffer.concat([wasm.subarray(0, start), Buffer.from([2]), encoded(section.length), section, wasm.subarray(end)]) };
  }
  throw new Error("The module imports nothing.");

  /** Only functions are imported: a kind of 0 and a type. */
  function skipImported() {
    if (wasm[at++] !== 0) throw new Error("The module imports something other than functions.");
    unsigned();
  }
}

const sized = (bytes) => Buffer.concat([encoded(bytes.length), bytes]);

/** An unsigned LEB128. */
function encoded(number) {
  const bytes = [];
  do {
    const more = number >= 128 ? 128 : 0;
    bytes.push((number % 128) | more);
    number = Math.floor(number / 128);
  } while (number > 0);
  return Buffer.from(bytes);
}
