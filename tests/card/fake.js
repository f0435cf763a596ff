// The page's side of the fake server: the body of a function of (styles, english, hebrew).
const answers = new Map();
const arrived = [];
const counts = { listeners: 0, pictures: 0, timers: 0, opened: [] };

// A request without an answer fails like one without a network; a held one waits for its release.
window.fetch = async (request) => {
  const url = new URL(request.url);
  const route = `${request.method} ${url.pathname}`;
  const header = (name) => request.headers.get(name) ?? undefined;
  const form = (header("content-type") ?? "").startsWith("multipart/form-data") ? await request.clone().formData() : undefined;
  arrived.push({
    origin: url.origin, route, query: url.search, authorization: header("authorization"), match: header("if-none-match"),
    marked: header("x-eloops-request"), idempotency: header("idempotency-key"), credentials: request.credentials,
    body: form ? undefined : await request.clone().text(), caption: form?.get("caption") ?? undefined, file: form?.get("file")?.name,
  });
  const answer = answers.get(`${url.origin} ${route}`);
  if (!answer) throw new TypeError("Failed to fetch");
  if (answer.held) await new Promise((release, stop) => {
    answer.release = release;
    request.signal.addEventListener("abort", () => stop(new DOMException("aborted", "AbortError")));
  });
  return new Response(answer.status === 304 ? null : answer.body, { status: answer.status, headers: answer.headers });
};

// What a card takes from the page, counted, so that a test sees whether it gives all of it back.
for (const target of [window, document]) {
  const { addEventListener, removeEventListener } = target;
  target.addEventListener = function (...given) { counts.listeners += 1; return addEventListener.apply(this, given); };
  target.removeEventListener = function (...given) { counts.listeners -= 1; return removeEventListener.apply(this, given); };
}
const { createObjectURL, revokeObjectURL } = URL;
URL.createObjectURL = (blob) => { counts.pictures += 1; return createObjectURL.call(URL, blob); };
URL.revokeObjectURL = (address) => { counts.pictures -= 1; revokeObjectURL.call(URL, address); };
// A machine that slept: the clock went on, timers did not.
let slept = 0;
const { now } = Date;
Date.now = () => now() + slept;
window.open = (...given) => { counts.opened.push(given.join(" ")); return null; };

const languages = { en: english, he: hebrew };
const sheet = new CSSStyleSheet();
sheet.replaceSync(styles.replace(/@import[^;]*;/g, ""));

return {
  sheet,
  load: async (language) => languages[language],
  answer: (origin, route, status, body, headers) => answers.set(`${origin} ${route}`, { status, body, headers }),
  hold: (origin, route) => { answers.get(`${origin} ${route}`).held = true; },
  release: (origin, route) => { const answer = answers.get(`${origin} ${route}`); answer.held = false; answer.release(); },
  lose: (origin, route) => answers.delete(`${origin} ${route}`),
  calls: (origin, route) => arrived.filter((call) => call.origin === origin && call.route === route),
  arrived: (origin) => arrived.filter((call) => call.origin === origin).length,
  count: (name) => counts[name],
  tokens: (token) => { const asked = []; const give = async (...given) => { asked.push(given.filter((one) => one !== undefined).join(" ")); return token; }; give.asked = asked; return give; },
  sleep: (ms) => { slept = ms; },
  after: (ms) => new Date(Date.now() + ms).toISOString(),
  gives: (value) => async () => JSON.parse(value),
  refuses: () => async () => { throw new Error("no"); },
  turn: () => new Promise((resolve) => setTimeout(resolve, 10)),
  focus: () => window.dispatchEvent(new Event("focus")),
  pick: (input, name, type) => {
    const files = new DataTransfer();
    files.items.add(new File(["picture"], name, { type }));
    input.files = files.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  },
  submit: (form) => form.requestSubmit(),
};
