// docs/security.md keeps its word: its table names every requirement of ASVS 5.0 level 2 once, and every test and file
// that the page names is there.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { at } from "../lib/paths.mjs";

/** How many requirements of levels 1 and 2 each section has, and which, where they are not the first ones. */
const sections = {
  1.1: 2, 1.2: 9, 1.3: 11, 1.4: 3, 1.5: 2, 2.1: 3, 2.2: 3, 2.3: 4, 2.4: 1, 3.2: 2, 3.3: 4, 3.4: 6, 3.5: 5, 3.7: 2, 4.1: 3, 4.2: 1, 4.3: 2,
  4.4: 4, 5.1: 1, 5.2: 3, 5.3: 2, 5.4: 3, 6.1: 3, 6.2: 12, 6.3: 4, 6.4: 4, 6.5: 5, 6.6: 3, 6.8: 4, 7.1: 3, 7.2: 4, 7.3: 2, 7.4: 5, 7.5: 2,
  7.6: 2, 8.1: 2, 8.2: 3, 8.3: 1, 8.4: 1, 9.1: 3, 9.2: 4, "10.1": 2, 10.2: 2, 10.3: 4, 10.4: 11, 10.5: 5, 10.6: 2, 10.7: 3, 11.1: 2, 11.2: 3,
  11.3: 3, 11.4: 4, 11.5: 1, 11.6: 1, 12.1: 3, 12.2: 2, 12.3: 4, 13.1: 1, 13.2: 5, 13.3: 2, 13.4: 5, 14.1: 2, 14.2: 4, 14.3: 3, 15.1: 3,
  15.2: 3, 15.3: 7, 16.1: 1, 16.2: 5, 16.3: 4, 16.4: 3, 16.5: 3, 17.1: 1, 17.2: 4, 17.3: 2,
};

const page = readFileSync(at("docs/security.md"), "utf8");
const rows = page
  .slice(page.indexOf("## ASVS"))
  .split("\n")
  .filter((line) => /^\| \d/.test(line))
  .map((line) => line.split("|").slice(1, -1).map((cell) => cell.trim()));

/** `1.2.6–1.2.8, 1.3.1` as single numbers. */
function numbers(cell) {
  return cell.split(", ").flatMap((part) => {
    const [first, last = first] = part.split("–");
    const [chapter, section, from] = first.split(".").map(Number);
    const to = Number(last.split(".")[2]);
    return Array.from({ length: to - from + 1 }, (_, i) => `${chapter}.${section}.${from + i}`);
  });
}

test("the table names every requirement of level 2 once", () => {
  const expected = Object.entries(sections).flatMap(([section, count]) => Array.from({ length: count }, (_, i) => `${section}.${i + 1}`));
  assert.equal(expected.length, 253);
  assert.deepEqual(rows.flatMap(([cell]) => numbers(cell)).sort(), expected.sort());
});

test("every row says how it stands, and what is met is shown", () => {
  for (const [cell, standing, how, shown] of rows) {
    assert.match(standing, /^(yes|design|part|yours|no|–)$/, cell);
    assert.ok(how.length > 3, `${cell} says how`);
    if (["yes", "design", "part"].includes(standing)) assert.ok(shown, `${cell} names what shows it`);
  }
});

test("every test and file that the page names is there", () => {
  const sources = ["crates", "src", "tests", "scripts", "power-apps"].flatMap((folder) =>
    readdirSync(at(folder), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(rs|ts|mjs)$/.test(name) && !/node_modules|target/.test(name))
      .map((name) => readFileSync(at(folder, name), "utf8")));
  const all = sources.join("\n");
  const names = [...page.matchAll(/`([a-z0-9]+(?:_[a-z0-9]+){3,})`/g)].map(([, name]) => name);
  assert.ok(names.length > 60, `the page names ${names.length} tests`);
  assert.deepEqual(names.filter((name) => !all.includes(`fn ${name}(`)), [], "names of tests that are not there");
  const files = [...page.matchAll(/`([a-z0-9_./-]+\/[a-z0-9_.-]+\.(?:rs|ts|mjs|md))`/g)].map(([, name]) => name);
  assert.deepEqual(files.filter((name) => ![at(name), at("crates/server/src", name)].some(existsSync)), [], "files that are not there");
});
