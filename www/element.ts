// `<eloops-card worker="000123">`: the card as an element. Its attributes are the options of the same
// names; `getToken` and `talent` are properties, to be set before the element is in the page.
import { mount, type Mounted, type Options } from "./card";

const attributes = ["worker", "api", "audience", "tenant", "locale", "theme"] as const;

export class EloopsCard extends HTMLElement {
  static readonly observedAttributes = attributes;

  // Declared only: a page may have set them before the module arrived, and a field would overwrite that.
  declare getToken?: Options["getToken"];
  declare talent?: Options["talent"];
  #card?: Mounted;

  connectedCallback(): void {
    if (this.#card) return;
    // Whatever stood here to be seen until now.
    this.replaceChildren();
    this.removeAttribute("aria-busy");
    const options: Record<string, unknown> = { getToken: this.getToken, talent: this.talent };
    for (const name of attributes) {
      const value = this.getAttribute(name);
      if (value !== null) options[name] = value;
    }
    this.#card = mount(this, options);
  }

  disconnectedCallback(): void {
    // An element that is moved is connected again at once and keeps its card.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#card?.destroy();
      this.#card = undefined;
    });
  }

  attributeChangedCallback(name: string, _before: string | null, value: string | null): void {
    this.#card?.update({ [name]: value });
  }
}
