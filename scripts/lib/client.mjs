// Talks to a running sandbox and server the way an administrator's script would: only through their public addresses.
import { Fault } from "./say.mjs";

/** A client of the two addresses; tokens come from the sandbox's `POST /sandbox/tokens`. */
export function client({ server, sandbox }) {
  const tokens = new Map();

  /** An access token for our API: of a worker, or with the administrator's role. */
  async function token(worker) {
    const key = worker ?? "admin";
    if (!tokens.has(key)) {
      const body = worker
        ? { worker, audience: "api://eloops", scopes: ["access_as_user"] }
        : { worker: null, audience: "api://eloops", roles: ["Eloops.Admin"] };
      const { access_token } = await json(`${sandbox}/sandbox/tokens`, { method: "POST", body });
      tokens.set(key, access_token);
    }
    return tokens.get(key);
  }

  /** A call of `/api/v1` as a worker, or as the administrator when `worker` is null. */
  async function api(worker, method, path, body, headers = {}) {
    const bearer = `Bearer ${await token(worker)}`;
    return json(`${server}/api/v1${path}`, { method, body, headers: { authorization: bearer, ...headers } });
  }

  /** All items of a paged list. */
  async function all(worker, path) {
    const items = [];
    for (let cursor = ""; cursor !== null; ) {
      const page = await api(worker, "GET", `${path}${path.includes("?") ? "&" : "?"}limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
      items.push(...page.items);
      cursor = page.next_cursor ?? null;
    }
    return items;
  }

  /** A sandbox control of `/sandbox/…`. */
  const control = (method, path, body) => json(`${sandbox}/sandbox/${path}`, { method, body });

  return { api, all, control, token };
}

async function json(url, { method = "GET", body, headers = {} }) {
  const form = body instanceof FormData;
  const answer = await fetch(url, {
    method,
    headers: body && !form ? { "content-type": "application/json", ...headers } : headers,
    body: body && !form ? JSON.stringify(body) : body,
  });
  const text = await answer.text();
  if (!answer.ok) throw new Fault(`${method} ${url} answered ${answer.status}: ${text.slice(0, 500)}`);
  return text ? JSON.parse(text) : null;
}
