// The page of the single-page application `eloops-spa`: @azure/msal-browser and what the test calls by `window.app`.
import { CacheLookupPolicy, InteractionRequiredAuthError, PublicClientApplication } from "@azure/msal-browser";

const { authority } = document.documentElement.dataset;
const redirectUri = new URL("/frame/", location.href).href;
const client = new PublicClientApplication({
  auth: { clientId: "eloops-spa", authority, knownAuthorities: [new URL(authority).host], redirectUri, postLogoutRedirectUri: redirectUri },
  cache: { cacheLocation: "sessionStorage" },
});
await client.initialize();

const shown = ({ accessToken, idTokenClaims, fromCache, account, scopes }) =>
  ({ accessToken, fromCache, scopes, sid: idTokenClaims.sid, home: account.homeAccountId, name: account.name });
const refused = (error) =>
  ({ error: error.errorCode, number: error.errorNo, claims: error.claims, interaction: error instanceof InteractionRequiredAuthError });

window.app = {
  /** What came back with the address, or null. */
  returned: await client.handleRedirectPromise().then((answer) => answer && shown(answer), refused),
  signIn: (request) => client.loginRedirect(request),
  ask: (request) => client.acquireTokenRedirect({ ...request, account: client.getAllAccounts()[0] }),
  /** From the cache, or by the refresh token when `renew`; never by a hidden frame. */
  silent: (request, renew) => client.acquireTokenSilent({
    ...request,
    account: client.getAllAccounts()[0],
    cacheLookupPolicy: renew ? CacheLookupPolicy.RefreshToken : CacheLookupPolicy.AccessTokenAndRefreshToken,
  }).then(shown, refused),
  signOut: () => client.logoutRedirect({ account: client.getAllAccounts()[0] }),
  accounts: () => client.getAllAccounts().length,
};
document.title = "ready";
