// The component's module with its styles and texts, all inside this bundle: a control has no address of
// its own to fetch them from.
import init, { readHost, setUp } from "eloops-card";
import bytes from "eloops-card.wasm";
import styles from "../../www/styles/card.css";
import texts from "eloops-texts";
import { mounted } from "../../www/handle";

export interface Module {
  mount: typeof mounted;
  readHost: typeof readHost;
}

let ready: Promise<Module> | undefined;

/** One instance for all controls on the page; after a failure the next call tries again. */
export function load(): Promise<Module> {
  ready ??= start().catch((error: unknown) => {
    ready = undefined;
    throw error;
  });
  return ready;
}

async function start(): Promise<Module> {
  await init({ module_or_path: bytes });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  setUp(sheet, (language) => {
    const known = texts[language];
    return known ? Promise.resolve(known) : Promise.reject(new Error(`There are no texts for ${language}`));
  });
  return { mount: mounted, readHost };
}
