// The card for a page: loads the module, gives it its styles and texts, and exports what hosts call.
import init, { readHost as readQuery, setUp, type Mounted, type Options } from "eloops-card";
import { mounted } from "./handle";
import styles from "./styles/card.css";

export type { Mounted, Options };

/** File names by content, set by the build. */
declare const WASM_FILE: string;
declare const LOCALE_FILES: Readonly<Record<string, string>>;

/** The address of a file beside this script. */
export const file = (name: string): URL => new URL(name, import.meta.url);

const texts = new Map<string, Promise<unknown>>();

/** Loads a language's texts once; a failed try is forgotten, so that the next one asks again. */
export function load(language: string): Promise<unknown> {
  const known = texts.get(language);
  if (known) return known;
  const name = LOCALE_FILES[language];
  const loading = name
    ? fetch(file(name)).then((answer) => {
        if (!answer.ok) throw new Error(`The texts for ${language} answered ${answer.status}`);
        return answer.json() as Promise<unknown>;
      })
    : Promise.reject(new Error(`There are no texts for ${language}`));
  texts.set(language, loading);
  loading.catch((error: unknown) => {
    texts.delete(language);
    console.error("eloops-card:", error);
  });
  return loading;
}

// The browser's first language is most often the one; the module decides and asks for another if not.
const guess = navigator.language.slice(0, 2);
if (guess in LOCALE_FILES) void load(guess);

/** Settles when the module is here; `mount` works from then on. */
export const ready: Promise<void> = init({ module_or_path: fetch(file(WASM_FILE)) }).then(() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  setUp(sheet, load);
});

/** The server that this script came from, which is where the card asks unless told otherwise. */
const here = new URL(import.meta.url).origin;

/** Puts a card into an element; `destroy()` takes it off again. */
export const mount = (element: HTMLElement, options: Options = {}): Mounted => mounted(element, { api: here, ...options });

/** The options in a frame's query string. */
export const readHost = (query: string): Options => readQuery(query);
