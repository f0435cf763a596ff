// Serves dist/frame with made-up answers, to look at the card's states without a server:
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
const problem = (status, code) => ({ status, body: { type: "about:blank", title: code, status, code, request_id: "01J9-EXAMPLE" } });

/** Worker numbers and what the server says about them: the record, then the activity. */
const people = {
  full: [worker("full"), activity("full")],
  own: [worker("own", { name: "Guy Gilbert", title: "Production Technician", has_photo: false }), activity("own")],
  empty: [worker("empty", { has_photo: false }), activity("empty", { coins: { balance: 0, earned_total: 0 }, uploads: { total: 0, recent: [] }, last_activity_at: undefined, talent: { state: "unmapped" } })],
  private: [worker("private", { source: "synced", as_of: ago(30) }), activity("private", { coins: undefined, talent: { uploads: 35, written_at: ago(20), state: "pending" } })],
  drift: [worker("drift", { worker_status: "Terminated" }), activity("drift", { talent: { coins: 7, uploads: 37, written_at: ago(99), state: "drift" } })],
  hostile: [worker("hostile", { name: "<img src=x onerror=alert(1)>\u202e" + "W".repeat(300), title: "</script>".repeat(20), department: "\u0000\u{1F600}" }), activity("hostile")],
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

let posted = 0;

function api(method, path) {
  if (path === "/me") return { body: { member: member("own", "Guy Gilbert"), roles: [], is_manager: true } };
  if (path === "/me/team") return { body: { items: team, next_cursor: null } };
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

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, "http://localhost");
  const answer = (status, type, body) => response.writeHead(status, { "content-type": type, "cache-control": "no-store", "content-security-policy": policy }).end(body);
  request.resume().on("end", () => {
    if (pathname.startsWith("/frame/")) {
      const path = join(folder, pathname.slice("/frame/".length) || "index.html");
      return existsSync(path) ? answer(200, types[path.split(".").pop()] ?? "text/plain", readFileSync(path)) : answer(404, "text/plain", "");
    }
    if (pathname === "/auth/start") return answer(200, types.html, "<!doctype html><title>Sign in</title><p>The real server signs you in here.");
    if (pathname === "/auth/claim") return answer(200, types.json, JSON.stringify({ state: "ready", session: "made-up", expires_at: ago(-1) }));
    if (!pathname.startsWith("/api/v1/")) return answer(404, "text/plain", "");
    if (!request.headers.authorization) return answer(401, "application/problem+json", JSON.stringify(problem(401, "unauthenticated").body));
    const { status = 200, type = types.json, body } = api(request.method, decodeURIComponent(pathname.slice("/api/v1".length)));
    answer(status, type, Buffer.isBuffer(body) ? body : JSON.stringify(body));
  });
});

const port = Number(process.argv[2] ?? 7490);
server.listen(port, "127.0.0.1", () => console.log(Object.keys(people).map((name) => `http://localhost:${port}/frame/?worker=${name}`).join("\n")));
