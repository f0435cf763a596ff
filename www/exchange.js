// One request and its answer. In JavaScript, as the browser's own objects stay here: the component's
// module (src/browser/http.rs) gets plain values.

/**
 * Sends a request without cookies; throws where the address or a header is none. The promise fails
 * when no answer came.
 */
export function exchange(method, url, headers, body, signal, picture) {
  const request = new Request(url, { method, headers, body, signal, credentials: "omit" });
  return fetch(request).then(async (answer) => ({
    status: answer.status,
    etag: answer.headers.get("ETag"),
    retryAfter: answer.headers.get("Retry-After"),
    // The JSON, or the Blob of a picture; undefined where it cannot be read.
    content: await (picture && answer.ok ? answer.blob() : answer.json()).catch(() => {}),
  }));
}
