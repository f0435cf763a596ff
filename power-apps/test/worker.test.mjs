// The worker record from Dataverse, and the settings of a form's maker.
import assert from "node:assert/strict";
import { test } from "node:test";
import { importSource } from "./support/source.mjs";

const { hasWorkers, readWorker } = await importSource("worker.ts");
const { read } = await importSource("settings.ts");

/** A webAPI that answers with these rows and keeps what it was asked. */
function webApi(entities) {
  const asked = [];
  const retrieveMultipleRecords = async (table, options) => {
    asked.push([table, options]);
    if (entities instanceof Error) throw entities;
    return { entities };
  };
  return { asked, retrieveMultipleRecords };
}

const KEN = {
  cdm_workernumber: "000112",
  cdm_fullname: "Ken Sánchez",
  cdm_profession: "Chief Executive Officer",
  cdm_primaryemailaddress: "ken0@adventure-works.com",
  cdm_status: 754400000,
  cdm_type: 754400000,
  _cdm_managerworkerid_value: null,
};

test("a row becomes the record in the server's shape", async () => {
  const api = webApi([KEN]);
  const now = () => new Date("2026-11-22T08:00:00Z");
  assert.deepEqual(await readWorker(api, "000112", now), {
    worker_number: "000112",
    name: "Ken Sánchez",
    title: "Chief Executive Officer",
    email: "ken0@adventure-works.com",
    worker_status: "Employed",
    worker_type: "Employee",
    has_photo: true,
    source: "talent",
    as_of: "2026-11-22T08:00:00.000Z",
  });
  const [table, options] = api.asked[0];
  assert.equal(table, "cdm_worker");
  assert.match(options, /\$filter=cdm_workernumber%20eq%20'000112'$/);
  assert.doesNotMatch(options, /birth|gender|address[0-9]|telephone/i);
});

test("a leaver, a manager by name, values nobody knows", async () => {
  const formatted = "@OData.Community.Display.V1.FormattedValue";
  const row = { ...KEN, cdm_status: 754400001, cdm_type: 754400002, _cdm_managerworkerid_value: "x", [`_cdm_managerworkerid_value${formatted}`]: "Jean Trenary" };
  const worker = await readWorker(webApi([row]), "000112");
  assert.deepEqual([worker.worker_status, worker.worker_type, worker.manager_name], ["Terminated", undefined, "Jean Trenary"]);
  const odd = await readWorker(webApi([{ ...KEN, cdm_status: 7, [`cdm_status${formatted}`]: "On leave" }]), "000112");
  assert.equal(odd.worker_status, "On leave");
});

test("quotes and signs in a number stay in the literal", async () => {
  const api = webApi([{ ...KEN, cdm_workernumber: "D'Hers & Co" }]);
  await readWorker(api, "D'Hers & Co");
  assert.match(api.asked[0][1], /eq%20'D''Hers%20%26%20Co'$/);
});

test("nobody, somebody else, and two of them are no answer", async () => {
  for (const rows of [[], [{ ...KEN, cdm_workernumber: "000112A" }], [KEN, KEN]]) {
    await assert.rejects(readWorker(webApi(rows), "000112"), /rows of cdm_worker/);
  }
});

test("an environment without the table is noticed", async () => {
  assert.equal(await hasWorkers(webApi([])), true);
  assert.equal(await hasWorkers(webApi(new Error("Could not find the table"))), false);
  assert.equal(await hasWorkers(undefined), false);
});

const inputs = (worker, api, more = {}) => ({ workerNumber: { raw: worker }, apiUrl: { raw: api }, ...more });

test("settings as they should be", () => {
  assert.deepEqual(read(inputs(" 000123 ", "https://eloops.contoso.com/"), undefined), { worker: "000123", api: "https://eloops.contoso.com", locale: undefined, theme: undefined });
  const set = read(inputs("1", "http://localhost:7400", { locale: { raw: "he" }, theme: { raw: "light" } }), true);
  assert.deepEqual([set.api, set.locale, set.theme], ["http://localhost:7400", "he", "light"]);
  assert.equal(read(inputs("1", "https://x", { theme: { raw: "auto" } }), true).theme, "dark");
});

test("settings that cannot be shown say which one it is", () => {
  for (const worker of [null, "", "  "]) assert.equal(read(inputs(worker, "https://x")), "Trouble_NoWorker");
  for (const api of [null, "", "eloops.contoso.com", "http://eloops.contoso.com", "https://x/path", "https://u:p@x", "https://x?y", "javascript:alert(1)"]) {
    assert.equal(read(inputs("1", api)), "Trouble_ApiUrl", `${api}`);
  }
  const secured = inputs("1", "https://x");
  secured.workerNumber.security = { readable: false, editable: false, secured: true };
  assert.equal(read(secured), "Trouble_NotReadable");
});
