// The solution as a zip: the same bytes for the same files, whenever and wherever it is made.
import { zipSync } from "fflate";
import { contentTypes, customizations, solution } from "./solution.mjs";

/** A zip's clock starts here, and is local: a fixed local time gives the same bytes everywhere. */
const EPOCH = new Date(1980, 0, 1);
/** A plain file, mode 0644, as made on Unix. */
const PLAIN = { os: 3, attrs: (0o100644 << 16) >>> 0, mtime: EPOCH, level: 9 };

/** Packs a control (`name`, `files`) as a solution (`about` is power-apps/solution.json). */
export function packSolution({ about, control, version, managed }) {
  const schema = `${about.publisher.prefix}_${control.name}`;
  const details = { ...about, schema, version: `${version}.0`, managed };
  const files = control.files.map(([path, bytes]) => [`Controls/${schema}/${path}`, bytes]);
  const entries = [
    ["customizations.xml", customizations(details)],
    ["solution.xml", solution(details)],
    ...files,
    ["[Content_Types].xml", contentTypes({ schema, paths: files.map(([path]) => path) })],
  ];
  return Buffer.from(zipSync(Object.fromEntries(entries.map(([path, bytes]) => [path, [new Uint8Array(bytes), PLAIN]]))));
}

/** The file name that make.powerapps.com gives a solution. */
export function solutionFile({ uniqueName }, version, managed) {
  return `${uniqueName}_${version.replaceAll(".", "_")}_0${managed ? "_managed" : ""}.zip`;
}
