// The handle that `mount` gives to hosts: the module knows its cards by number.
import { destroy, mount, update, type Mounted, type Options } from "eloops-card";

/** Puts a card into an element; `destroy()` takes it off again. */
export function mounted(element: HTMLElement, options: Options): Mounted {
  const card = mount(element, options);
  return { update: (changed) => update(card, changed), destroy: () => destroy(card) };
}
