// A sandbox behind TLS for the witnesses, and what they look at.
import { createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { request } from "node:http";
import { createServer } from "node:https";
import { join } from "node:path";
import { client } from "../../scripts/lib/client.mjs";
import { target } from "../../scripts/lib/paths.mjs";
import { beside } from "../../scripts/lib/run.mjs";
import { answers, freePort } from "../../scripts/lib/wait.mjs";

export const TENANT = "11111111-1111-1111-1111-111111111111";
/** The scope of our API. */
export const SCOPE = "api://eloops/access_as_user";
/** A challenge as conditional access makes it. */
export const CHALLENGE = { access_token: { acrs: { essential: true, value: "c1" } } };

/** A file that scripts/test-witness.mjs made. */
export const made = (name) => {
  if (!process.env.WITNESS_FOLDER) throw new Error("Run these tests by `npm test -- witness`: it makes their certificates.");
  return join(process.env.WITNESS_FOLDER, name);
};

/** Starts a sandbox with a company of twenty; `eloops` is where its apps' addresses are. */
export async function startStand({ eloops = "http://localhost:7400" } = {}) {
  const port = await freePort();
  const plain = `http://127.0.0.1:${port}`;
  const proxy = await secure(port);
  const origin = `https://127.0.0.1:${proxy.address().port}`;
  const sandbox = beside(target("debug", "talent-sandbox"), [
    "--listen", `127.0.0.1:${port}`, "--company", "20", "--public-url", origin, "--eloops-url", eloops, "--certificate", made("app.pem"),
  ], { env: { ...process.env, RUST_LOG: "warn" } });
  const stop = async () => {
    proxy.closeAllConnections();
    proxy.close();
    await sandbox.stop();
  };
  try {
    await answers(`${plain}/sandbox/health`, sandbox.ended);
  } catch (error) {
    await stop();
    throw error;
  }
  const { control } = client({ server: eloops, sandbox: plain });
  return { origin, authority: `${origin}/${TENANT}`, control, stop, talent: `${origin}/.default` };
}

/** TLS before a port of this machine; nothing of the traffic is changed. */
async function secure(port) {
  const tls = { key: readFileSync(made("tls-key.pem")), cert: readFileSync(made("tls.pem")) };
  const proxy = createServer(tls, (incoming, outgoing) => {
    const { method, url: path, headers } = incoming;
    const onward = request({ host: "127.0.0.1", port, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise((listening) => proxy.listen(0, "127.0.0.1", listening));
  return proxy;
}

/** The claims of a token, once its signature and issuer hold by what the authority publishes. */
export async function verified(stand, token) {
  const [header, claims, signature] = token.split(".");
  const read = (part) => JSON.parse(Buffer.from(part, "base64url"));
  const discovery = await json(`${stand.authority}/v2.0/.well-known/openid-configuration`);
  const { keys } = await json(discovery.jwks_uri);
  const key = keys.find(({ kid }) => kid === read(header).kid);
  if (!key) throw new Error(`No published key is called ${read(header).kid}.`);
  const holds = verify("RSA-SHA256", Buffer.from(`${header}.${claims}`), createPublicKey({ key, format: "jwk" }), Buffer.from(signature, "base64url"));
  if (!holds) throw new Error("The token's signature does not match its key.");
  const issuer = discovery.issuer;
  if (read(claims).ver === "2.0" && read(claims).iss !== issuer) throw new Error(`The token is from ${read(claims).iss}, not ${issuer}.`);
  return read(claims);
}

/** A public document of the authority. */
export async function json(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}.`);
  return answer.json();
}
