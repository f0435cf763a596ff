// Draws a photo for the demo and the tests: hills under an evening sky, another for each seed. A PNG, nothing stored.
import { deflateSync } from "node:zlib";

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
export function numbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A PNG of hills, `width` × `height` pixels. */
export function picture(seed, width = 480, height = 360) {
  const next = numbers(seed);
  const hue = next();
  const sun = { x: width * (0.2 + 0.6 * next()), y: height * (0.2 + 0.25 * next()), r: height * (0.06 + 0.06 * next()) };
  const ridges = [0.5, 0.64, 0.8].map((base, depth) => ({
    base,
    shade: 0.72 - 0.2 * depth,
    waves: [1, 2, 3].map((k) => ({ f: k * (1 + next()), p: next() * 7, a: 0.06 / k })),
  }));
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      rows.set(colour(x, y), y * (1 + width * 3) + 1 + x * 3);
    }
  }
  return png(width, height, rows);

  function colour(x, y) {
    const ridge = ridges.findLast(({ base, waves }) => {
      const edge = waves.reduce((sum, { f, p, a }) => sum + a * Math.sin((x / width) * f * 4 + p), base);
      return y / height > edge;
    });
    if (ridge) return rgb(hue + 0.42, 0.35, ridge.shade * 0.7);
    if (Math.hypot(x - sun.x, y - sun.y) < sun.r) return [255, 236, 190];
    return rgb(hue + 0.08 * (y / height), 0.45 - 0.25 * (y / height), 0.75 + 0.23 * (y / height));
  }
}

function rgb(hue, saturation, value) {
  const channel = (n) => {
    const k = (n + (hue % 1) * 6) % 6;
    return Math.round(255 * value * (1 - saturation * Math.max(0, Math.min(k, 4 - k, 1))));
  };
  return [channel(5), channel(3), channel(1)];
}

function png(width, height, rows) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
