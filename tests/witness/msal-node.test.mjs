// @azure/msal-node, unmodified, against the sandbox: a stand-in that suits only our own server would fail here.
import assert from "node:assert/strict";
import { createHash, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, before, beforeEach, test } from "node:test";
import { ConfidentialClientApplication, CryptoProvider, InteractionRequiredAuthError } from "@azure/msal-node";
import { CHALLENGE, json, made, SCOPE, startStand, TENANT, verified } from "./stand.mjs";

const CALLBACK = "http://localhost:7400/auth/callback";

/** @type {Awaited<ReturnType<typeof startStand>>} */
let stand;
before(async () => (stand = await startStand()));
after(() => stand?.stop());
beforeEach(() => stand.control("POST", "reset"));

/** The Eloops server as MSAL sees it; `auth` replaces how it proves itself or finds the authority. */
function app(auth = {}) {
  return new ConfidentialClientApplication({
    auth: {
      clientId: "eloops-server",
      authority: stand.authority,
      knownAuthorities: [new URL(stand.origin).host],
      ...(auth.clientCertificate ? {} : { clientSecret: "sandbox-secret" }),
      ...auth,
    },
  });
}

/** The SHA-1 or SHA-256 of the app's certificate in hex, as MSAL wants it. */
const thumbprint = (algorithm) =>
  createHash(algorithm).update(new X509Certificate(readFileSync(made("app.pem"))).raw).digest("hex");

const userToken = async (more = {}) =>
  (await stand.control("POST", "tokens", { worker: "000001", ...more })).access_token;

/** Signs worker 000001 in at the address MSAL made, as the page's button does; gives the code. */
async function signIn(address) {
  const page = await fetch(address, { redirect: "manual" });
  assert.equal(page.status, 200, `expected the page of people at ${address}`);
  const { oid } = await verified(stand, await userToken());
  const form = new URLSearchParams(new URL(address).search);
  form.set("oid", oid);
  const sent = await fetch(`${stand.authority}/login`, { method: "POST", body: form, redirect: "manual" });
  const back = new URL(sent.headers.get("location"));
  assert.equal(back.origin + back.pathname, CALLBACK, `${back}`);
  return back.searchParams.get("code") ?? assert.fail(`expected a code in ${back}`);
}

test("an authority without TLS is refused by MSAL itself", async () => {
  const plain = app({ authority: stand.authority.replace("https:", "http:") });
  await assert.rejects(plain.acquireTokenByClientCredential({ scopes: [stand.talent] }), { errorCode: "authority_uri_insecure" });
});

test("client credentials by secret read Talent and come from the cache the second time", async () => {
  const server = app();
  const answer = await server.acquireTokenByClientCredential({ scopes: [stand.talent] });
  const claims = await verified(stand, answer.accessToken);
  assert.deepEqual([claims.idtyp, claims.appid, claims.appidacr], ["app", "eloops-server", "1"]);
  const read = await fetch(`${stand.origin}/data/Workers?$top=1`, { headers: { authorization: `Bearer ${answer.accessToken}` } });
  assert.equal(read.status, 200, await read.text());
  const again = await server.acquireTokenByClientCredential({ scopes: [stand.talent] });
  assert.deepEqual([answer.fromCache, again.fromCache, again.accessToken], [false, true, answer.accessToken]);
});

test("client credentials by certificate: PS256 with x5t#S256, and RS256 with x5t", async () => {
  const privateKey = readFileSync(made("app-key.pem"), "utf8");
  for (const named of [{ thumbprintSha256: thumbprint("sha256") }, { thumbprint: thumbprint("sha1") }]) {
    const server = app({ clientCertificate: { privateKey, ...named } });
    for (const skipCache of [false, true]) {
      const { accessToken } = await server.acquireTokenByClientCredential({ scopes: [stand.talent], skipCache });
      assert.equal((await verified(stand, accessToken)).appidacr, "2", Object.keys(named)[0]);
    }
  }
  const wrong = app({ clientCertificate: { privateKey: readFileSync(made("tls-key.pem"), "utf8"), thumbprintSha256: thumbprint("sha256") } });
  await assert.rejects(wrong.acquireTokenByClientCredential({ scopes: [stand.talent] }), /AADSTS700027/);
});

test("a wrong secret is invalid_client, and a busy endpoint names the time to wait", async () => {
  await assert.rejects(app({ clientSecret: "wrong" }).acquireTokenByClientCredential({ scopes: [stand.talent] }), {
    errorCode: "invalid_client",
    errorNo: 7000215,
  });
  await stand.control("PUT", "faults", [{ match: `POST /${TENANT}/oauth2`, status: 429, retry_after: 5, times: 1 }]);
  const server = app();
  const ask = () => server.acquireTokenByClientCredential({ scopes: [stand.talent] });
  await assert.rejects(ask(), { errorCode: "temporarily_unavailable" });
  // MSAL keeps to Retry-After by itself: the second call never leaves it.
  await assert.rejects(ask(), /AADSTS90033/);
  const asked = (await stand.control("GET", "requests")).filter(({ method, status }) => method === "POST" && status === 429);
  assert.deepEqual(asked.map(({ count }) => count), [1]);
});

test("MSAL trusts the authority by its instance discovery alone", async () => {
  const found = await json(`${stand.origin}/common/discovery/instance?api-version=1.1&authorization_endpoint=${encodeURIComponent(`${stand.authority}/oauth2/v2.0/authorize`)}`);
  const server = app({ knownAuthorities: [], cloudDiscoveryMetadata: JSON.stringify(found) });
  const { accessToken } = await server.acquireTokenByClientCredential({ scopes: [stand.talent] });
  assert.equal((await verified(stand, accessToken)).idtyp, "app");
});

test("on-behalf-of reads Talent as the user, from the cache for the same assertion", async () => {
  const server = app();
  const exchange = (oboAssertion) => server.acquireTokenOnBehalfOf({ oboAssertion, scopes: [stand.talent] });
  const assertion = await userToken();
  const answer = await exchange(assertion);
  const [before, got] = [await verified(stand, assertion), await verified(stand, answer.accessToken)];
  assert.equal(got.oid, before.oid);
  assert.equal(got.aud, stand.origin);
  const again = await exchange(assertion);
  assert.deepEqual([answer.fromCache, again.fromCache], [false, true]);
  await assert.rejects(exchange(await userToken({ lifetime_s: -1 })), { errorCode: "invalid_grant", errorNo: 500133 });
});

test("a claims challenge surfaces as interaction required with its claims, and is answered by a sign-in", async () => {
  await stand.control("PUT", "policies", { claims_challenge: { audience: stand.origin, claims: CHALLENGE } });
  const server = app();
  const exchange = (oboAssertion) => server.acquireTokenOnBehalfOf({ oboAssertion, scopes: [stand.talent] });
  const plain = await userToken();
  const error = await exchange(plain).then(() => assert.fail("expected a challenge"), (error) => error);
  assert.ok(error instanceof InteractionRequiredAuthError, `${error}`);
  assert.equal(error.errorCode, "interaction_required");
  assert.deepEqual(JSON.parse(error.claims), CHALLENGE);

  const address = await server.getAuthCodeUrl({ scopes: [SCOPE], redirectUri: CALLBACK, claims: error.claims, responseMode: "query" });
  const code = await signIn(address);
  const { accessToken } = await server.acquireTokenByCode({ code, scopes: [SCOPE], redirectUri: CALLBACK });
  const answer = await exchange(accessToken);
  assert.equal((await verified(stand, answer.accessToken)).aud, stand.origin);
});

test("missing consent surfaces as interaction required", async () => {
  await stand.control("PUT", "policies", { consent_missing: true });
  const error = await app().acquireTokenOnBehalfOf({ oboAssertion: await userToken(), scopes: [stand.talent] })
    .then(() => assert.fail("expected a refusal"), (error) => error);
  assert.ok(error instanceof InteractionRequiredAuthError, `${error}`);
  assert.deepEqual([error.errorCode, error.subError], ["invalid_grant", "consent_required"]);
});

test("a code with PKCE gives an account, and its refresh token the next tokens", async () => {
  const server = app();
  const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
  const request = { scopes: [SCOPE], redirectUri: CALLBACK };
  const asked = { ...request, responseMode: "query", codeChallenge: challenge, codeChallengeMethod: "S256", nonce: "a nonce" };
  const wrong = await signIn(await server.getAuthCodeUrl(asked));
  await assert.rejects(server.acquireTokenByCode({ ...request, code: wrong, codeVerifier: "x".repeat(43), nonce: "a nonce" }), { errorNo: 501481 });

  const code = await signIn(await server.getAuthCodeUrl(asked));
  const signedIn = await server.acquireTokenByCode({ ...request, code, codeVerifier: verifier, nonce: "a nonce" });
  const claims = await verified(stand, signedIn.accessToken);
  assert.deepEqual([claims.aud, claims.scp, claims.azpacr], ["api://eloops", "access_as_user", "1"]);
  assert.equal(signedIn.account.homeAccountId, `${claims.oid}.${TENANT}`);
  assert.equal(signedIn.account.tenantId, TENANT);
  assert.equal(signedIn.idTokenClaims.nonce, "a nonce");
  assert.match(signedIn.idTokenClaims.sid, /^[0-9a-f-]{36}$/);
  await assert.rejects(server.acquireTokenByCode({ ...request, code, codeVerifier: verifier, nonce: "a nonce" }), { errorNo: 54005 });

  const silent = await server.acquireTokenSilent({ account: signedIn.account, scopes: [SCOPE] });
  assert.deepEqual([silent.fromCache, silent.accessToken], [true, signedIn.accessToken]);
  const renewed = await server.acquireTokenSilent({ account: signedIn.account, scopes: [SCOPE], forceRefresh: true });
  assert.equal(renewed.fromCache, false);
  assert.notEqual(renewed.accessToken, signedIn.accessToken);
  const talent = await server.acquireTokenSilent({ account: signedIn.account, scopes: [stand.talent] });
  assert.equal((await verified(stand, talent.accessToken)).aud, stand.origin);
});
