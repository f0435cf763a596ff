// Reading and rewriting a WebAssembly module section by section (WebAssembly Core 2.0 §5).

/** The sections of a module in order, as `{id, content}`. */
export function sections(wasm) {
  const reader = new Reader(wasm, 8);
  const found = [];
  while (!reader.done) {
    const id = reader.byte();
    found.push({ id, content: reader.sized() });
  }
  return found;
}

/** A module of these sections. */
export function assembled(parts) {
  const header = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  return Buffer.concat([header, ...parts.flatMap(({ id, content }) => [Buffer.from([id]), sized(content)])]);
}

/** Reads bytes, numbers and names one after the other. */
export class Reader {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  get done() {
    return this.at >= this.bytes.length;
  }

  byte() {
    return this.bytes[this.at++];
  }

  /** An unsigned LEB128. */
  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  }

  /** As many bytes as the number before them says. */
  sized() {
    const length = this.number();
    return this.bytes.subarray(this.at, (this.at += length));
  }

  text() {
    return this.sized().toString("utf8");
  }
}

/** An unsigned LEB128. */
export function number(value) {
  const bytes = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) | 128);
  }
}

/** Bytes with their length before them. */
export const sized = (bytes) => Buffer.concat([number(bytes.length), bytes]);

/** Section ids. */
export const IMPORT = 2;
export const CODE = 10;
export const CUSTOM = 0;
