// A host for the control: a page with a chosen content security policy that loads bundle.js the way a
// form does, and beside it, on another origin, a small Eloops server that knows one person.
import { createServer } from "node:http";
import { controlFile } from "./built.mjs";

/** The page's own script; external, because a strict policy forbids it inside the page. */
const HOST = `
window.ComponentFramework = { registerControl(name, control) { window.registered = [name, control]; } };
window.asked = [];
window.start = (where, { worker, api, rows = null, locale = null, languageId = 1033, dark }) => {
  const box = document.createElement("div");
  box.className = "Eloops.WorkerCard"; box.id = where;
  document.body.append(box);
  const webAPI = { async retrieveMultipleRecords(table, options) {
    window.asked.push(options);
    if (!rows) throw new Error("Could not find the table " + table);
    return { entities: rows };
  } };
  const context = (worker) => ({
    parameters: { workerNumber: { raw: worker }, apiUrl: { raw: api }, locale: { raw: locale }, theme: { raw: "auto" } },
    resources: { getString: (key) => key },
    mode: { trackContainerResize() {} },
    userSettings: { languageId },
    fluentDesignLanguage: dark === undefined ? undefined : { isDarkTheme: dark },
    webAPI,
  });
  const control = new window.registered[1]();
  control.init(context(worker), () => {}, {}, box);
  control.updateView(context(worker));
  window.controls ??= {};
  return window.controls[where] = { box, control, show: (worker) => control.updateView(context(worker)) };
};`;

const PEOPLE = {
  me: { member: { id: "m1", worker_number: "000014", name: "Terri Duffy", status: "active" }, roles: [], is_manager: true },
  "workers/000001/activity": {
    worker_number: "000001", member_id: "m2", coins: { balance: 120, earned_total: 150 }, uploads: { total: 0, recent: [] }, trend: [],
    talent: { coins: 120, uploads: 0, state: "in_sync" }, as_of: "2026-11-22T08:00:00Z",
  },
};

function eloops(request, response) {
  const cors = { "access-control-allow-origin": "*", "access-control-allow-headers": "*", "access-control-expose-headers": "etag" };
  const answer = (status, body) => response.writeHead(status, { ...cors, "content-type": "application/json" }).end(JSON.stringify(body));
  const { pathname } = new URL(request.url, "http://x");
  if (request.method === "OPTIONS") return answer(200, {});
  if (pathname === "/auth/start") return response.writeHead(200, { "content-type": "text/html" }).end("<title>Sign in</title>");
  if (pathname === "/auth/claim") return answer(200, { state: "ready", session: "s1", expires_at: "2026-11-22T20:00:00Z" });
  if (request.headers.authorization !== "Bearer s1") return answer(401, { code: "unauthenticated", title: "Sign in first", status: 401 });
  const known = PEOPLE[pathname.replace("/api/v1/", "")];
  return known ? answer(200, known) : answer(404, { code: "not_found", title: "Not found", status: 404 });
}

/** Starts both; `page(policy)` is the address of a host page under that policy. */
export async function startHost() {
  const files = { "/host.js": ["text/javascript", HOST], "/bundle.js": ["text/javascript", controlFile("bundle.js")], "/card.css": ["text/css", controlFile("css/WorkerCard.css")] };
  const host = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url, "http://x");
    const [type, content] = files[pathname] ?? ["text/html", `<!doctype html><meta charset="utf-8"><title>Host</title><link rel="stylesheet" href="/card.css"><script src="/host.js"></script><script src="/bundle.js"></script>`];
    const policy = searchParams.get("policy");
    response.writeHead(200, { "content-type": type, ...(policy && { "content-security-policy": policy }) }).end(content);
  });
  const api = createServer(eloops);
  const address = async (server) => {
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    return server.address().port;
  };
  const [hostPort, apiPort] = [await address(host), await address(api)];
  const close = (server) => new Promise((resolve) => server.close(resolve) && server.closeAllConnections());
  return {
    api: `http://localhost:${apiPort}`,
    page: (policy) => `http://127.0.0.1:${hostPort}/?policy=${encodeURIComponent(policy)}`,
    stop: () => Promise.all([close(host), close(api)]),
  };
}
