// The card's texts: every language must have every text, and every plural form that it knows.
import { readFileSync, readdirSync } from "node:fs";
import { at } from "./paths.mjs";
import { Fault } from "./say.mjs";

/** Checks all languages against the names the component uses; gives their tags. */
export function checkTexts() {
  const keys = readFileSync(at("src", "text", "keys.rs"), "utf8");
  const names = [...keys.matchAll(/^ {4}[A-Za-z0-9]+ = "([a-z0-9_]+)",$/gm)].map((found) => found[1]);
  if (names.length === 0) throw new Fault("src/text/keys.rs names no texts: scripts/lib/texts.mjs no longer reads it.");
  const read = (tag) => JSON.parse(readFileSync(at("www", "locales", `${tag}.json`), "utf8"));
  const english = read("en");
  const counted = new Set(names.filter((name) => `${name}.other` in english));
  const tags = readdirSync(at("www", "locales")).map((file) => file.replace(/\.json$/, ""));
  const faults = [];
  for (const tag of tags) {
    const texts = read(tag);
    const forms = new Intl.PluralRules(tag).resolvedOptions().pluralCategories;
    const wanted = names.flatMap((name) => (counted.has(name) ? forms.map((form) => `${name}.${form}`) : [name]));
    for (const name of wanted) if (!texts[name]) faults.push(`${tag}.json lacks "${name}"`);
    for (const name of Object.keys(texts)) if (!wanted.includes(name)) faults.push(`${tag}.json has "${name}", which nothing uses`);
  }
  if (faults.length > 0) throw new Fault(`www/locales:\n  ${faults.join("\n  ")}`);
  return tags;
}
