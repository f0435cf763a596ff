// What the component's module exports (src/browser/exports.rs), as wasm-bindgen's glue has it.
declare module "eloops-card" {
  /** Options of a card; every one may be absent. */
  export interface Options {
    /** The personnel number; without one the card is the signed-in person's own. */
    worker?: string | null;
    /** The Eloops server's address. */
    api?: string;
    /**
     * Gives an access token for an audience; with `claims` (JSON text), one that Microsoft gave for exactly
     * these claims. Without it the card signs people in by itself.
     */
    getToken?: (audience: string, claims?: string) => string | Promise<string>;
    /** What `getToken` is asked for; `api://eloops` unless named. */
    audience?: string;
    /** The customer's tenant, by id or domain, where one server has several. */
    tenant?: string;
    /** A language tag; without one the browser's languages decide. */
    locale?: string;
    /** Colours; without it the browser's preference decides. */
    theme?: "light" | "dark";
    /** Gives the worker record, for a host that reads Talent itself. */
    talent?: (worker: string) => unknown;
  }

  /** A card on a page. */
  export interface Mounted {
    /** Changes options; what is not named stays. */
    update(options: Options): void;
    /** Takes the card off the page with everything it holds. */
    destroy(): void;
  }

  /** Gives the card's number. */
  export function mount(element: HTMLElement, options: Options): number;
  export function update(card: number, options: Options): void;
  export function destroy(card: number): void;
  export function readHost(query: string): Options;
  export function setUp(styles: CSSStyleSheet, load: (language: string) => Promise<unknown>): void;
  export default function init(from: { module_or_path: Promise<Response> | BufferSource }): Promise<unknown>;
}

declare module "*.css" {
  const text: string;
  export default text;
}
