// What the form's maker has set, read into the card's options.

/** The control's properties, as the manifest names them. */
export interface Inputs {
  workerNumber: ComponentFramework.PropertyTypes.StringProperty;
  apiUrl: ComponentFramework.PropertyTypes.StringProperty;
  locale?: ComponentFramework.PropertyTypes.StringProperty;
  theme?: ComponentFramework.PropertyTypes.EnumProperty<"auto" | "light" | "dark">;
}

/** For whom, from where, in which language and colours. */
export interface Settings {
  worker: string;
  /** The server's origin. */
  api: string;
  locale: string | undefined;
  theme: "light" | "dark" | undefined;
}

/** What keeps the card from being shown: the name of a text. */
export type Trouble = "Trouble_NoWorker" | "Trouble_NotReadable" | "Trouble_ApiUrl";

/** Reads the properties; `dark` is what the host's own theme says, where it has one. */
export function read(inputs: Inputs, dark: boolean | undefined): Settings | Trouble {
  const { workerNumber, theme } = inputs;
  if (workerNumber.security?.readable === false) return "Trouble_NotReadable";
  // A new record has no number yet, and without one the card would be the viewer's own.
  const worker = workerNumber.raw?.trim();
  if (!worker) return "Trouble_NoWorker";
  const api = origin(inputs.apiUrl.raw?.trim() ?? "");
  if (!api) return "Trouble_ApiUrl";
  const set = theme?.raw === "light" || theme?.raw === "dark" ? theme.raw : undefined;
  const host = dark === undefined ? undefined : dark ? "dark" : "light";
  return { worker, api, locale: inputs.locale?.raw?.trim() || undefined, theme: set ?? host };
}

/** The origin of an https address (http for this machine alone); none for anything else. */
function origin(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const local = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  const safe = url.protocol === "https:" || (url.protocol === "http:" && local);
  const bare = url.pathname === "/" && !url.search && !url.hash && !url.username && !url.password;
  return safe && bare ? url.origin : undefined;
}
