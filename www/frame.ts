// The page at /frame/: waits for the module, reads what the host says in the address, starts the element.
import { readHost, ready } from "./card";
import { EloopsCard } from "./element";

export { mount } from "./card";

const card = document.querySelector("main > eloops-card");
try {
  await ready;
} catch (error) {
  // The module did not arrive, or the browser does not know it: the page's own sentence says so.
  card?.remove();
  document.querySelector(".trouble")?.removeAttribute("hidden");
  throw error;
}
for (const [name, value] of Object.entries(readHost(location.search))) card?.setAttribute(name, value as string);
customElements.define("eloops-card", EloopsCard);
