// Messages that are not the hand-off's, by the thousand; runs in the page that posts them.

/** What a hostile page knows, and how it goes on. */
export interface Plan {
  /** The nonce of the frame's question. */
  nonce: string;
  audience: string;
  /** A token of the right form. */
  token: string;
  count: number;
  seed: number;
  /** Whether messages of the right shape are among them, as the nonce was used before or is not the frame's. */
  replay: boolean;
}

/** Posts `count` messages to the page's first frame; gives how many the browser let out. */
export function fuzz({ nonce, audience, token, count, seed, replay }: Plan): number {
  const frame = window.frames[0]!;
  let state = seed >>> 0;
  // mulberry32: the same messages for the same seed.
  const random = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const right = { type: "eloops:token", version: 1, nonce, audience, token };
  const cyclic: Record<string, unknown> = { ...right };
  cyclic["self"] = cyclic;
  class Odd {
    nonce = nonce;
    get token(): string {
      return token;
    }
  }

  const values: (() => unknown)[] = [
    () => undefined, () => null, () => true, () => random(), () => NaN, () => 10n ** 40n, () => "", () => "eloops:token", () => JSON.stringify(right),
    () => [], () => [right], () => new Date(0), () => new Date(NaN), () => /x/g, () => new Map(Object.entries(right)), () => new Set([token]),
    () => new ArrayBuffer(8), () => new Uint8Array(64), () => new DataView(new ArrayBuffer(4)), () => new Blob([token]), () => new Error(token),
    () => new ImageData(1, 1), () => new DOMRect(), () => Object(token), () => Object(1), () => cyclic, () => new Odd(), () => ({}), () => ({ then: 1 }),
    () => "\u{1F600}\u202e\0".repeat(50), () => "x".repeat(random() < 0.01 ? 2_000_000 : 2_000),
  ];
  const tokens: (() => unknown)[] = [
    () => "", () => "a", () => "a.b", () => "a.b.c.d", () => "..", () => "a..c", () => `${token} `, () => `\n${token}`, () => token.replace(".", ","), () => "é.b.c", () => `${"a".repeat(17_000)}.b.c`,
    () => [token], () => ({ toString: token }), () => null, () => 1, () => undefined, () => Object(token), () => "<img src=x onerror=alert(1)>",
  ];
  const nonces = [nonce.slice(1), nonce.toUpperCase() + "x", `${nonce} `, "", "__proto__", "constructor", "toString", [nonce], Object(nonce), null, 0, { nonce }];
  const audiences = [`${audience}/`, audience.toUpperCase() + "X", "", "https://graph.microsoft.com", null, [audience], Object(audience), "__proto__"];
  const versions = ["1", 2, 0, 1.5, null, true, [1], Object(1), -1, undefined];
  const types = ["eloops:Token", "eloops:token ", "token", "eloops:token-request", "__proto__", "constructor", "toString", "hasOwnProperty", ["eloops:token"], Object("eloops:token"), null, 7];
  const shapes: (() => unknown)[] = [
    () => pick(values)(),
    () => ({ ...right, nonce: pick(nonces) }),
    () => ({ ...right, audience: pick(audiences) }),
    () => ({ ...right, version: pick(versions) }),
    () => ({ ...right, type: pick(types) }),
    () => ({ ...right, token: pick(tokens)() }),
    () => ({ ...right, [pick(["extra", "claims", "", "toString", "0", "\u0000"])]: pick(values)() }),
    () => {
      const short: Record<string, unknown> = { ...right };
      delete short[pick(Object.keys(right))];
      return short;
    },
    // Own members of these names, as only JSON can make them.
    () => JSON.parse(`{"__proto__":{"nonce":"${nonce}","polluted":1},"type":"eloops:token","version":1,"nonce":"${nonce}","audience":"${audience}","token":"${token}"}`),
    () => JSON.parse(`{"__proto__":${JSON.stringify(right)}}`),
    () => JSON.parse(`{"constructor":{"prototype":{"polluted":1}},"type":"eloops:token","version":1,"nonce":"${nonce}"}`),
    () => Object.assign([], right),
    () => Object.assign(new Map(), right),
    () => ({ type: pick(["eloops:host", "eloops:no-token"]), version: 1, nonce, extra: 1 }),
    () => ({ type: pick(["eloops:host", "eloops:no-token"]), version: 1, nonce: pick(nonces) }),
    () => ({ get type() { return pick(types); }, version: 1, nonce, audience, token }),
    () => ({ data: right, detail: right, message: right }),
  ];
  if (replay) shapes.push(() => ({ ...right }), () => ({ ...right, token: "b3RoZXI.dG9rZW4.eA" }), () => ({ type: "eloops:no-token", version: 1, nonce }), () => ({ type: "eloops:host", version: 1, nonce }));

  let sent = 0;
  while (sent < count) {
    const message = pick(shapes)();
    const port = random() < 0.01 ? [new MessageChannel().port1] : [];
    frame.postMessage(message, "*", port);
    sent += 1;
  }
  return sent;
}
