/// <reference types="powerapps-component-framework" />
// What the build puts into the bundle (power-apps/pack/control.mjs).
declare module "eloops-card.wasm" {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}

declare module "eloops-texts" {
  /** The card's texts by language, in the order of src/text/keys.rs; a counted one as its forms by category. */
  const texts: Readonly<Record<string, readonly (string | Readonly<Record<string, string>>)[]>>;
  export default texts;
}
