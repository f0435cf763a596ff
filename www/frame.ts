// The page at /frame/: waits for the module, reads what the host says in the address, starts the element.
import { file, readHost, ready } from "./card";
import { EloopsCard } from "./element";
import type { Host, meet } from "./host";

export { mount } from "./card";

/** The file of www/host.ts, set by the build. */
declare const HOST_FILE: string;

/** What the server says about hosts: `GET /frame/settings.json?tenant=…`. */
interface Settings {
  audience: string;
  token_hosts: string[];
}

/** The page around this frame, if it is one that hands tokens over; else the card signs people in by itself. */
async function findHost(): Promise<Host | undefined> {
  if (window.parent === window) return undefined;
  try {
    const tenant = [...new URLSearchParams(location.search)].find(([name]) => name.toLowerCase() === "tenant")?.[1];
    const answer = await fetch(file(`../settings.json${tenant ? `?tenant=${encodeURIComponent(tenant)}` : ""}`));
    if (!answer.ok) throw new Error(`The frame's settings answered ${answer.status}`);
    const { audience, token_hosts } = (await answer.json()) as Settings;
    // Where the browser tells who embeds us, no other page is written to or waited for.
    const embedder = location.ancestorOrigins?.[0] ?? "null";
    const hosts = embedder === "null" ? token_hosts : token_hosts.filter((host) => host === embedder);
    if (hosts.length === 0) return undefined;
    const host = (await import(file(HOST_FILE).href)) as { meet: typeof meet };
    return await host.meet(audience, hosts);
  } catch (error) {
    console.error("eloops-card:", error);
    return undefined;
  }
}

const card = document.querySelector<EloopsCard>("main > eloops-card");
// A page that only imports `mount` from here is no frame of ours.
const finding = card && findHost();
try {
  await ready;
} catch (error) {
  // The module did not arrive, or the browser does not know it: the page's own sentence says so.
  card?.remove();
  document.querySelector(".trouble")?.removeAttribute("hidden");
  throw error;
}
const host = await finding;
// A callback that the page has set comes first.
if (card && host && !card.getToken) {
  card.getToken = host.getToken;
  card.setAttribute("audience", host.audience);
}
for (const [name, value] of Object.entries(readHost(location.search))) card?.setAttribute(name, value as string);
customElements.define("eloops-card", EloopsCard);
