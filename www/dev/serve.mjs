// Serves dist/frame with made-up answers, to look at the card's states without a server, and for tests of the frame:
// node www/dev/serve.mjs [PORT], then http://localhost:7490/frame/?worker=full and its like (see `people`).
import { createServer } from "node:http";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { picture } from "../../scripts/lib/picture.mjs";

const folder = fileURLToPath(new URL("../../dist/frame/", import.meta.url));
const types = { html: "text/html; charset=utf-8", js: "text/javascript", css: "text/css", wasm: "application/wasm", json: "application/json" };
const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'";
const ago = (hours) => new Date(Date.now() - hours * 3_600_000).toISOString();

const worker = (number, more = {}) => ({
  worker_number: number, name: "Kevin Brown", title: "Marketing Assistant", department: "Marketing", email: "kevin@example.com",
  worker_status: "Employed", worker_type: "Employee", manager_name: "David Bradley", manager_number: "000007",
  has_photo: true, source: "talent", as_of: ago(0), ...more,
});
const captions = ["Evening at the lake", "", "New shelf labels in aisle 4, with the colours that everybody can tell apart", "Team breakfast", "ערב באגם", "Ride to work"];
const uploads = captions.map((caption, i) => ({
  id: `u${i}`, kind: i === 3 ? "video" : "photo", caption, content_type: i === 3 ? "video/mp4" : "image/png", bytes: 1, width: 320, height: 240,
  coins: i === 3 ? 25 : 10, created_at: ago(2 + i * 60),
}));
const activity = (number, more = {}) => ({
  worker_number: number, member_id: `m-${number}`, coins: { balance: 1240, earned_total: 1900 }, uploads: { total: 37, recent: uploads },
  trend: [], last_activity_at: ago(2), talent: { coins: 1240, uploads: 37, written_at: ago(0.1), state: "in_sync" }, as_of: ago(0), ...more,
});
const member = (number, name, more = {}) => ({ id: `m-${number}`, worker_number: number, name, status: "active", title: "Marketing Assistant", department: "Marketing", ...more });
const problem = (status, code, more = {}) => ({ status, body: { type: "about:blank", title: code, status, code, request_id: "01J9-EXAMPLE", ...more } });

/** Worker numbers and what the server says about them: the record, then the activity. */
const people = {
  full: [worker("full"), activity("full")],
  own: [worker("own", { name: "Guy Gilbert", title: "Production Technician", has_photo: false }), activity("own")],
  empty: [worker("empty", { has_photo: false }), activity("empty", { coins: { balance: 0, earned_total: 0 }, uploads: { total: 0, recent: [] }, last_activity_at: undefined, talent: { state: "unmapped" } })],
  private: [worker("private", { source: "synced", as_of: ago(30) }), activity("private", { coins: undefined, talent: { uploads: 35, written_at: ago(20), state: "pending" } })],
  drift: [worker("drift", { worker_status: "Terminated" }), activity("drift", { talent: { coins: 7, uploads: 37, written_at: ago(99), state: "drift" } })],
  hostile: [worker("hostile", { name: "<img src=x onerror=alert(1)>\u202e" + "W".repeat(300), title: "</script>".repeat(20), department: "\u0000\u{1F600}" }), activity("hostile")],
  consent: [worker("consent", { source: "synced", as_of: ago(30), notice: { code: "consent_missing", detail: "", link: "http://localhost/adminconsent" } }), activity("consent")],
  "no-consent": [problem(403, "consent_missing", { link: "http://localhost/adminconsent" }), activity("no-consent")],
  challenge: [problem(401, "insufficient_claims", { claims: '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}' }), activity("challenge")],
  "no-talent": [problem(502, "talent_unreachable"), activity("no-talent")],
  "no-activity": [worker("no-activity"), problem(500, "internal")],
  nobody: [problem(404, "not_found"), problem(404, "not_found")],
  leaver: [problem(403, "member_inactive"), problem(403, "member_inactive")],
  broken: [problem(500, "internal"), problem(500, "internal")],
};

const team = ["Kevin Brown", "Mary Dempsey", "Wanida Benshoof", "דנה כהן"].map((name, i) => ({
  member: member(["full", "private", "empty", "drift"][i], name), coins: i === 1 ? undefined : { balance: 1240 - i * 300, earned_total: 1900 },
  uploads_total: 37 - i, last_activity_at: i === 2 ? undefined : ago(5 + i * 40), line_broken: i === 3,
}));

const look = (i) => ({
  id: `v${i}`, viewer_name: ["David Bradley", "Ken J Sánchez", "דנה כהן", undefined][i % 4], viewer_as: ["manager", "manager_above", "admin", "application"][i % 4],
  looked_at: i % 3 === 1 ? "team" : "profile", first_at: ago(3 + i * 20), last_at: ago(2 + i * 20),
});

let posted = 0;
let visible = true;

function api(method, path, query, sent) {
  if (path === "/me") return { body: { member: member("own", "Guy Gilbert"), roles: [], is_manager: true } };
  if (path === "/me/team") return { body: { items: team, next_cursor: null } };
  if (path === "/me/visibility") {
    if (method === "PUT") visible = JSON.parse(sent).balance_to_line;
    return { body: { balance_to_line: visible } };
  }
  if (path === "/me/views") return { body: query.has("cursor") ? { items: [4, 5, 6].map(look), next_cursor: null } : { items: [0, 1, 2, 3].map(look), next_cursor: "more" } };
  if (path === "/me/uploads" && method === "POST") {
    posted += 1;
    uploads.unshift({ ...uploads[0], id: `new${posted}`, caption: "Just posted", created_at: ago(0) });
    people.own[1] = activity("own", { coins: { balance: 1240 + posted * 10, earned_total: 1900 + posted * 10 }, uploads: { total: 37 + posted, recent: uploads.slice(0, 12) }, talent: { coins: 1240, uploads: 37, written_at: ago(1), state: "pending" } });
    return { status: 201, body: uploads[0] };
  }
  const [, kind, number, part] = path.match(/^\/(talent\/workers|workers|uploads)\/([^/]+)(?:\/(\w+))?$/) ?? [];
  if (kind === "uploads" || part === "photo") return number === "u1" ? problem(404, "not_found") : { type: "image/png", body: picture(seed(number)) };
  const known = people[number];
  const said = known?.[kind === "workers" ? 1 : 0] ?? problem(404, "not_found");
  return said.status ? said : { body: said };
}

/** A number that stays with a name. */
const seed = (name) => [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 100_000, 7);

/**
 * Serves on a port of this machine; gives the address, and `stop()`. `settings` is what the frame is told about hosts,
 * `admits(bearer)` says with which tokens the API answers, `ancestors` who may embed the frame.
 *
 * @param {{ port?: number, settings?: { audience: string, token_hosts: string[] }, admits?: (bearer: string | undefined) => boolean, ancestors?: string }} [options]
 */
export async function serve({ port = 0, settings = { audience: "api://eloops", token_hosts: [] }, admits = (bearer) => Boolean(bearer), ancestors = "*" } = {}) {
  const server = createServer((request, response) => {
    const { pathname, searchParams, origin } = new URL(request.url, "http://localhost");
    const answer = (status, type, body) => response.writeHead(status, { "content-type": type, "cache-control": "no-store", "content-security-policy": `${policy}; frame-ancestors ${ancestors}` }).end(body);
    const json = (body) => answer(200, types.json, JSON.stringify(body));
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk)).on("end", () => {
      if (pathname === "/frame/settings.json") return json(settings);
      if (pathname.startsWith("/frame/")) {
        const path = join(folder, pathname.slice("/frame/".length) || "index.html");
        return existsSync(path) ? answer(200, types[path.split(".").pop()] ?? "text/plain", readFileSync(path)) : answer(404, "text/plain", "");
      }
      if (pathname === "/auth/start") return answer(200, types.html, "<!doctype html><title>Sign in</title><p>The real server signs you in here.");
      if (pathname === "/auth/claim") return json({ state: "ready", session: "made-up", expires_at: ago(-1) });
      if (pathname === "/auth/refresh") return json({ session: "made-up-again", expires_at: ago(-1) });
      if (pathname === "/auth/sign-out") return json({ microsoft_sign_out: `${origin}/auth/microsoft-sign-out` });
      if (!pathname.startsWith("/api/v1/")) return answer(404, "text/plain", "");
      const bearer = request.headers.authorization?.replace(/^Bearer /, "");
      if (!admits(bearer)) return answer(401, "application/problem+json", JSON.stringify(problem(401, "unauthenticated").body));
      const { status = 200, type = types.json, body } = api(request.method, decodeURIComponent(pathname.slice("/api/v1".length)), searchParams, Buffer.concat(chunks).toString());
      answer(status, type, Buffer.isBuffer(body) ? body : JSON.stringify(body));
    });
  });
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  return { address: `http://localhost:${server.address().port}`, stop: () => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { address } = await serve({ port: Number(process.argv[2] ?? 7490) });
  console.log(Object.keys(people).map((name) => `${address}/frame/?worker=${name}`).join("\n"));
}
