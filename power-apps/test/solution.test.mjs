// The solution zips have the shape that an import expects, and are the same bytes however often built.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { strFromU8, unzipSync } from "fflate";
import { buildControl } from "../pack/control.mjs";
import { packSolution } from "../pack/zip.mjs";
import { at } from "../../scripts/lib/paths.mjs";
import { about, languages, module, solutionBytes, version } from "./support/built.mjs";
import { zipEntries } from "./support/zip-entries.mjs";

const unmanaged = solutionBytes(`EloopsForTalent_${version.replaceAll(".", "_")}_0.zip`);
const managed = solutionBytes(`EloopsForTalent_${version.replaceAll(".", "_")}_0_managed.zip`);
const SCHEMA = "elo_Eloops.WorkerCard";
const text = (zip, name) => strFromU8(unzipSync(zip)[name]);
/** The names of all elements, in order of their first appearance. */
const elements = (xml) => [...new Set([...xml.matchAll(/<([A-Za-z][A-Za-z0-9]*)/g)].map((found) => found[1]))];

test("entries stand in the order of Microsoft's sample, as plain files without a time", () => {
  const folder = `Controls/${SCHEMA}`;
  for (const zip of [unmanaged, managed]) {
    const entries = zipEntries(zip);
    assert.deepEqual(entries.map(({ name }) => name), [
      "customizations.xml",
      "solution.xml",
      `${folder}/ControlManifest.xml`,
      `${folder}/bundle.js`,
      `${folder}/bundle.js.LICENSE.txt`,
      `${folder}/css/WorkerCard.css`,
      `${folder}/strings/WorkerCard.1033.resx`,
      `${folder}/strings/WorkerCard.1037.resx`,
      "[Content_Types].xml",
    ]);
    for (const { name, method, time, mode } of entries) {
      assert.deepEqual({ method, mode: mode.toString(8), time }, { method: 8, mode: "100644", time: 0x00210000 }, name);
    }
  }
});

test("the files at the root begin with a byte order mark; two of them end lines as Windows does", () => {
  for (const name of ["customizations.xml", "solution.xml", "[Content_Types].xml"]) {
    assert.deepEqual([...unzipSync(unmanaged)[name].subarray(0, 3)], [0xef, 0xbb, 0xbf], name);
    assert.doesNotMatch(text(unmanaged, name), /[^\r]\n/, name);
  }
});

test("managed and unmanaged differ in one word", () => {
  const word = /<Managed>(\d)<\/Managed>/;
  assert.deepEqual([unmanaged, managed].map((zip) => text(zip, "solution.xml").match(word)[1]), ["0", "1"]);
  const files = [unmanaged, managed].map((zip) => {
    const files = unzipSync(zip);
    files["solution.xml"] = strFromU8(files["solution.xml"]).replace(word, "");
    return files;
  });
  assert.deepEqual(files[0], files[1]);
});

test("solution.xml has every element that the import looks for", () => {
  const xml = text(unmanaged, "solution.xml");
  assert.deepEqual(elements(xml), [
    "ImportExportXml", "SolutionManifest", "UniqueName", "LocalizedNames", "LocalizedName", "Descriptions", "Version", "Managed", "Publisher",
    "Description", "EMailAddress", "SupportingWebsiteUrl", "CustomizationPrefix", "CustomizationOptionValuePrefix", "Addresses", "Address",
    "AddressNumber", "AddressTypeCode", "City", "County", "Country", "Fax", "FreightTermsCode", "ImportSequenceNumber", "Latitude", "Line1",
    "Line2", "Line3", "Longitude", "Name", "PostalCode", "PostOfficeBox", "PrimaryContactName", "ShippingMethodCode", "StateOrProvince",
    "Telephone1", "Telephone2", "Telephone3", "TimeZoneRuleVersionNumber", "UPSZone", "UTCOffset", "UTCConversionTimeZoneCode",
    "RootComponents", "RootComponent", "MissingDependencies",
  ]);
  assert.match(xml, new RegExp(`<RootComponent type="66" schemaName="${SCHEMA}" behavior="0" />`));
  assert.match(xml, new RegExp(`<Version>${version}\\.0</Version>`));
  assert.equal(xml.match(/<AddressNumber>/g).length, 2);
  const { prefix, optionValuePrefix } = about.publisher;
  assert.match(prefix, /^[a-z]{2,8}$/);
  assert.ok(optionValuePrefix >= 10000 && optionValuePrefix <= 99999, `${optionValuePrefix}`);
});

test("customizations.xml names the control and where its manifest is", () => {
  const xml = text(unmanaged, "customizations.xml");
  assert.match(xml, new RegExp(`<Name>${SCHEMA}</Name>\\s*<FileName>/Controls/${SCHEMA}/ControlManifest.xml</FileName>`));
  assert.ok(unzipSync(unmanaged)[`Controls/${SCHEMA}/ControlManifest.xml`]);
});

test("every extension has a content type", () => {
  const xml = text(unmanaged, "[Content_Types].xml");
  const typed = [...xml.matchAll(/<Default Extension="([^"]+)" ContentType="([^"]+)" \/>/g)].map((found) => [found[1], found[2]]);
  const bytes = "application/octet-stream";
  assert.deepEqual(typed, [["xml", "text/xml"], ["css", bytes], ["js", bytes], ["resx", bytes], ["txt", bytes]]);
  assert.match(xml, new RegExp(`<Override PartName="/Controls/${SCHEMA}/ControlManifest.xml" ContentType="${bytes}" /></Types>$`));
});

test("the same sources give the same bytes, in any time zone", async () => {
  const control = await buildControl({ module, version, languages });
  assert.ok(packSolution({ about, control, version, managed: false }).equals(unmanaged), "packed again here");
  const script = `
    import { packSolution } from ${JSON.stringify(at("power-apps", "pack", "zip.mjs"))};
    const control = { name: "A.B", files: [["bundle.js", Buffer.from("1")]] };
    process.stdout.write(packSolution({ about: ${JSON.stringify(about)}, control, version: "1.0.0", managed: true }));`;
  const hashes = ["Pacific/Kiritimati", "America/Los_Angeles", "UTC"].map((zone) => {
    const bytes = execFileSync(process.execPath, ["--input-type=module", "--eval", script], { cwd: at(), env: { ...process.env, TZ: zone } });
    return createHash("sha256").update(bytes).digest("hex");
  });
  assert.equal(new Set(hashes).size, 1, `one hash, not ${hashes.join(", ")}`);
});
