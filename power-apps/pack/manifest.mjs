// The manifest as the host reads it. pcf-scripts makes three edits: the bundle instead of its source,
// the version of the API, and what it was built by; ours also sets the release and the domains.

/** The API version of the component framework that this control was written for. */
const API_VERSION = "1.3.18";

/** Turns ControlManifest.Input.xml into ControlManifest.xml. */
export function processManifest(input, { version, domains = [] }) {
  if (!/^\d+\.\d+\.\d+$/.test(version)) throw new Error(`A control's version is a.b.c, not ${version}`);
  for (const domain of domains) {
    if (!/^[a-z0-9.-]+(:\d+)?$/i.test(domain)) throw new Error(`${domain} is no domain: give the host name alone`);
  }
  const named = domains.map((domain) => `\n      <domain>${domain}</domain>`).join("");
  return replaceAll(input, [
    [/(<control [^>]*)\bversion="[^"]*"/, `$1version="${version}"`],
    [/(<control [^>]*)>/, `$1 api-version="${API_VERSION}">`],
    [/(<code path=")[^"]*\.ts(")/, "$1bundle.js$2"],
    [/(\n\s*<\/external-service-usage>)/, `${named}$1`],
    [/(\n\s*)(<\/control>)/, `$1  <built-by name="eloops" version="${version}" />$1$2`],
  ]);
}

function replaceAll(text, edits) {
  return edits.reduce((text, [pattern, to]) => {
    if (!pattern.test(text)) throw new Error(`ControlManifest.Input.xml has nothing like ${pattern}`);
    return text.replace(pattern, to);
  }, text);
}

/** The files that a manifest lists below `<resources>`. */
export function listedFiles(manifest) {
  const resources = manifest.match(/<resources>(.*)<\/resources>/s)?.[1] ?? "";
  return [...resources.matchAll(/<[a-z-]+ [^>]*\bpath="([^"]+)"/g)].map((found) => found[1]);
}
