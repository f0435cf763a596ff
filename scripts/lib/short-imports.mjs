// Gives the module's imports short names. wasm-bindgen names each after its function and a hash, and
// both the module and its glue carry the name; hashes do not compress.
import { IMPORT, Reader, assembled, number, sections, sized } from "./wasm-module.mjs";

/** Renames the imports in the module and in its glue alike; gives both. */
export function shortenImports(wasm, glue) {
  const names = new Map();
  const modules = new Set();
  const parts = sections(wasm).map((section) =>
    section.id === IMPORT ? { id: IMPORT, content: renamed(section.content, names, modules) } : section,
  );
  let text = glue.replace(/\b__wb\w+\b/g, (name) => names.get(name) ?? name);
  for (const module of modules) text = text.replaceAll(`"${module}"`, '"_"');
  return { wasm: assembled(parts), glue: text };
}

function renamed(content, names, modules) {
  const reader = new Reader(content);
  const count = reader.number();
  const parts = [number(count)];
  for (let i = 0; i < count; i++) {
    modules.add(reader.text());
    const name = reader.text();
    const short = `_${names.size.toString(36)}`;
    names.set(name, short);
    if (reader.byte() !== 0) throw new Error(`The module imports ${name}, which is no function: scripts/lib/short-imports.mjs does not know it.`);
    parts.push(sized(Buffer.from("_")), sized(Buffer.from(short)), Buffer.from([0]), number(reader.number()));
  }
  return Buffer.concat(parts);
}
