// The demo's photos are true PNGs, the same for the same seed and another for another.
import assert from "node:assert/strict";
import { inflateSync } from "node:zlib";
import { test } from "node:test";
import { picture } from "../lib/picture.mjs";

test("a picture is a PNG of the size asked for", () => {
  const png = picture(7, 48, 36);
  assert.equal(png.subarray(1, 4).toString(), "PNG");
  assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [48, 36]);
  const length = png.readUInt32BE(33);
  assert.equal(inflateSync(png.subarray(41, 41 + length)).length, 36 * (1 + 48 * 3));
});

test("the same seed gives the same picture, another seed another", () => {
  assert.deepEqual(picture(1, 48, 36), picture(1, 48, 36));
  assert.notDeepEqual(picture(1, 48, 36), picture(2, 48, 36));
});
