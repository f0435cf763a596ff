// The card's texts: every language must have every text, and every plural form that it knows.
import { readFileSync, readdirSync } from "node:fs";
import { at } from "./paths.mjs";
import { Fault } from "./say.mjs";

/** The names the component uses, in its order. */
function usedNames() {
  const keys = readFileSync(at("src", "text", "keys.rs"), "utf8");
  const names = [...keys.matchAll(/^ {4}[A-Za-z0-9]+ = "([a-z0-9_]+)",$/gm)].map((found) => found[1]);
  if (names.length === 0) throw new Fault("src/text/keys.rs names no texts: scripts/lib/texts.mjs no longer reads it.");
  return names;
}

const read = (tag) => JSON.parse(readFileSync(at("www", "locales", `${tag}.json`), "utf8"));

/** A language's plural categories, `other` last. */
const categories = (tag) => [...new Intl.PluralRules(tag).resolvedOptions().pluralCategories].sort((a, b) => Number(a === "other") - Number(b === "other"));

/** A language's texts as the component takes them: in its order, a counted one as its forms by category. */
export function listTexts(tag) {
  const texts = read(tag);
  const forms = (name) => Object.fromEntries(categories(tag).map((form) => [form, texts[`${name}.${form}`]]));
  return usedNames().map((name) => texts[name] ?? forms(name));
}

/** Checks all languages against the names the component uses; gives their tags. */
export function checkTexts() {
  const names = usedNames();
  const english = read("en");
  const counted = new Set(names.filter((name) => `${name}.other` in english));
  const tags = readdirSync(at("www", "locales")).map((file) => file.replace(/\.json$/, ""));
  const faults = [];
  for (const tag of tags) {
    const texts = read(tag);
    const wanted = names.flatMap((name) => (counted.has(name) ? categories(tag).map((form) => `${name}.${form}`) : [name]));
    for (const name of wanted) if (!texts[name]) faults.push(`${tag}.json lacks "${name}"`);
    for (const name of Object.keys(texts)) if (!wanted.includes(name)) faults.push(`${tag}.json has "${name}", which nothing uses`);
  }
  if (faults.length > 0) throw new Fault(`www/locales:\n  ${faults.join("\n  ")}`);
  return tags;
}
