// A host page hands its token to the frame by `postMessage` (docs/embed-the-frame.md has the protocol). Loaded only
// where the server names such hosts. A message counts only if it comes from the parent, from an origin that the
// server names, and answers a question that is open, in exactly the protocol's shape. Anything else changes
// nothing and says nothing.

/** How the card gets the host's tokens. */
export interface Host {
  audience: string;
  getToken: (audience: string, claims?: string) => Promise<string>;
}

/** An open question. */
interface Question {
  audience: string;
  settle: (token: string | undefined) => void;
}

/** How long a host has to say that it is one, and how long to give a token; people may have to sign in there. */
const HELLO_MS = 1_000;
const TOKEN_MS = 120_000;
const LONGEST_TOKEN = 16_384;

const { parent } = window;

/** Asks the parent for a token, wherever of `hosts` it comes from; none where it does not say that it is a host. */
export async function meet(audience: string, hosts: string[]): Promise<Host | undefined> {
  const open = new Map<string, Question>();
  let greeted = (): void => undefined;
  const hello = new Promise<void>((resolve) => (greeted = resolve));
  let first: string | undefined;

  window.addEventListener("message", ({ source, origin, data }) => {
    if (source !== parent || !hosts.includes(origin)) return;
    const type = typeOf(data);
    if (!type) return;
    const { nonce, audience, token } = data as Record<string, string>;
    const question = open.get(nonce!);
    if (!question) return;
    if (type === "eloops:host") {
      if (nonce === first) greeted();
    } else if (type === "eloops:no-token" || (audience === question.audience && isToken(token!))) {
      question.settle(token);
    }
  });

  const getToken = (audience: string, claims?: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const nonce = random();
      const settle = (token: string | undefined): void => {
        clearTimeout(late);
        // A nonce counts once.
        open.delete(nonce);
        if (token) resolve(token);
        else reject(new Error("The host gave no token"));
      };
      const late = setTimeout(settle, TOKEN_MS);
      open.set(nonce, { audience, settle });
      first ??= nonce;
      const request = { type: "eloops:token-request", version: 1, nonce, audience, ...(claims !== undefined && { claims }) };
      for (const host of hosts) parent.postMessage(request, host);
    });

  let asked: Promise<string> | undefined = getToken(audience);
  const silent = new Promise<boolean>((resolve) => setTimeout(resolve, HELLO_MS, false));
  const met = await Promise.race([hello.then(() => true), asked.then(() => true, () => false), silent]);
  if (!met) {
    open.clear();
    return undefined;
  }
  return {
    audience,
    getToken: (wanted, claims) => {
      // The first answer is on its way already.
      const early = wanted === audience && claims === undefined ? asked : undefined;
      asked = undefined;
      return early ?? getToken(wanted, claims);
    },
  };
}

/** The members that each message has, in order. */
const SHAPES: Readonly<Record<string, string>> = {
  "eloops:host": "nonce,type,version",
  "eloops:no-token": "nonce,type,version",
  "eloops:token": "audience,nonce,token,type,version",
};

/** The type of a message in exactly the protocol's shape; texts only, but for the version. */
function typeOf(data: unknown): string | undefined {
  if (typeof data !== "object" || data === null || Object.getPrototypeOf(data) !== Object.prototype) return undefined;
  const { type, version, ...rest } = data as Record<string, unknown>;
  const fits =
    version === 1 &&
    typeof type === "string" &&
    Object.keys(data).sort().join() === (Object.hasOwn(SHAPES, type) && SHAPES[type]) &&
    Object.values(rest).every((value) => typeof value === "string");
  return fits ? type : undefined;
}

/** Three parts of base64url, as every token of Microsoft has (RFC 7519 §3). */
const isToken = (text: string): boolean => text.length <= LONGEST_TOKEN && /^[\w-]+\.[\w-]+\.[\w-]+$/.test(text);

/** 32 random bytes in base64url. */
function random(): string {
  const bytes = String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32)));
  return btoa(bytes).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
}
