// What must not go into a solution, because the import or the form would fail without saying why.
import { listedFiles } from "./manifest.mjs";

/** The host's limit for a bundle, in bytes. */
export const LARGEST_BUNDLE = 5 * 1024 * 1024;

/** The faults of a control's files (`[path, bytes]`), each a sentence; none when it may be packed. */
export function faultsOf(files) {
  const faults = [];
  const content = new Map(files);
  const text = (path) => Buffer.from(content.get(path) ?? "").toString("utf8");
  const manifest = text("ControlManifest.xml");
  const bundle = text("bundle.js");
  if (!manifest) faults.push("There is no ControlManifest.xml.");
  if (!bundle) faults.push("There is no bundle.js.");

  if (bundle.includes('eval("{__webpack_require__')) {
    faults.push("bundle.js is a development build (it evaluates text): a strict content security policy stops it.");
  }
  const size = content.get("bundle.js")?.length ?? 0;
  if (size > LARGEST_BUNDLE) faults.push(`bundle.js has ${size} bytes, the host takes ${LARGEST_BUNDLE}.`);

  const listed = listedFiles(manifest);
  for (const path of listed) if (!content.has(path)) faults.push(`The manifest lists ${path}, which is not there.`);
  for (const path of content.keys()) {
    if (path.includes("\\")) faults.push(`${path} has a backslash in its name: the import breaks on it.`);
    const own = path === "ControlManifest.xml" || path === "bundle.js.LICENSE.txt";
    if (!own && !listed.includes(path) && !listed.some((one) => isSibling(path, one))) {
      faults.push(`${path} is not in the manifest, so the host would not find it.`);
    }
  }
  for (const [, name, key] of manifest.matchAll(/\b((?:description|display-name)-key)="([^"]*)"/g)) {
    if (key.includes("'")) faults.push(`${name}="${key}" has an apostrophe, which the host's schema forbids.`);
  }
  return faults;
}

/** Whether a file is another language of a listed text file: `X.1037.resx` of `X.1033.resx`. */
function isSibling(path, listed) {
  const stem = listed.match(/^(.*)\.\d+\.resx$/)?.[1];
  return stem !== undefined && path.startsWith(`${stem}.`) && /^\d+\.resx$/.test(path.slice(stem.length + 1));
}
