// The packer refuses what would fail at the import or on the form; the manifest and the texts agree.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { processManifest } from "../pack/manifest.mjs";
import { faultsOf, LARGEST_BUNDLE } from "../pack/refuse.mjs";
import { at } from "../../scripts/lib/paths.mjs";
import { version } from "./support/built.mjs";

const input = readFileSync(at("power-apps", "WorkerCard", "ControlManifest.Input.xml"), "utf8");
const manifest = processManifest(input, { version });

/** A control that may be packed, with some of its files changed or taken away. */
function control(changes = {}) {
  const files = { "ControlManifest.xml": manifest, "bundle.js": "1", "bundle.js.LICENSE.txt": "", "css/WorkerCard.css": "", "strings/WorkerCard.1033.resx": "", "strings/WorkerCard.1037.resx": "", ...changes };
  return Object.entries(files).filter(([, content]) => content !== undefined).map(([path, content]) => [path, Buffer.from(content)]);
}

test("a sound control has no faults", () => assert.deepEqual(faultsOf(control()), []));

const bad = [
  ["a development bundle", { "bundle.js": 'x;eval("{__webpack_require__.r(y)}")' }, /development build/],
  ["a bundle that is too large", { "bundle.js": "x".repeat(LARGEST_BUNDLE + 1) }, /5242881 bytes/],
  ["no bundle", { "bundle.js": undefined }, /no bundle\.js/],
  ["a file that is not listed", { "card.wasm": "" }, /card\.wasm is not in the manifest/],
  ["texts of another name", { "strings/Other.1037.resx": "" }, /Other\.1037\.resx is not in the manifest/],
  ["texts without a language", { "strings/WorkerCard.resx": "" }, /WorkerCard\.resx is not in the manifest/],
  ["a listed file that is missing", { "css/WorkerCard.css": undefined }, /lists css\/WorkerCard\.css/],
  ["a backslash in a name", { "css\\x.css": "" }, /backslash/],
  ["an apostrophe in a key", { "ControlManifest.xml": manifest.replace('description-key="ApiUrl_Description"', `description-key="Eloops' server"`) }, /apostrophe/],
  ["an apostrophe in a name's key", { "ControlManifest.xml": manifest.replace('display-name-key="ApiUrl_Name"', `display-name-key="It's"`) }, /apostrophe/],
];
for (const [what, changes, expected] of bad) {
  test(`${what} is refused`, () => {
    const faults = faultsOf(control(changes));
    assert.ok(faults.some((fault) => expected.test(fault)), `${expected} among ${JSON.stringify(faults)}`);
  });
}

test("the manifest that the host reads", () => {
  const made = processManifest(input, { version: "2.3.4", domains: ["eloops.contoso.com"] });
  assert.match(made, /<control namespace="Eloops" constructor="WorkerCard" version="2\.3\.4" [^>]*api-version="1\.3\.18">/);
  assert.match(made, /<code path="bundle\.js" order="1" \/>/);
  assert.match(made, /<domain>eloops\.contoso\.com<\/domain>\s*<\/external-service-usage>/);
  assert.match(made, /<built-by name="eloops" version="2\.3\.4" \/>\s*<\/control>/);
  assert.throws(() => processManifest(input, { version: "1.0" }), /a\.b\.c/);
  assert.throws(() => processManifest(input, { version, domains: ["https://x/<"] }), /no domain/);
});

test("every text that is asked for is there, in every language", () => {
  const folder = at("power-apps", "WorkerCard");
  const scripts = readdirSync(folder).filter((file) => /^(?!.*\.d\.ts$).*\.ts$/.test(file)).map((file) => readFileSync(`${folder}/${file}`, "utf8"));
  const asked = [...manifest.matchAll(/-key="([^"]+)"/g), ...scripts.join("\n").matchAll(/"(Trouble_\w+|Loading)"/g)].map((found) => found[1]);
  const wanted = [...new Set(asked)].sort();
  assert.ok(wanted.length > 15, `names were found: ${wanted}`);
  for (const file of readdirSync(`${folder}/strings`)) {
    const resx = readFileSync(`${folder}/strings/${file}`, "utf8");
    const texts = new Map([...resx.matchAll(/<data name="([^"]+)" xml:space="preserve"><value>([^<]*)<\/value>/g)].map((found) => [found[1], found[2]]));
    assert.deepEqual([...texts.keys()].sort(), wanted, file);
    for (const [name, value] of texts) assert.ok(value.trim(), `${name} in ${file} says something`);
  }
});
