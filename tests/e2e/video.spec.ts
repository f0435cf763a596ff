// A video as a browser records it, open-ended and in fragments, plays after the server took out what stands beside its pictures.
import { expect, test } from "./fixtures";

for (const type of ["video/webm", "video/mp4"]) {
  test(`a recorded ${type} plays after it was cleaned`, async ({ person, stack }) => {
    const page = await (await person()).newPage();
    const recorded = await page.evaluate(record, type);
    test.skip(recorded === null, `this Chromium records no ${type}`);
    const form = new FormData();
    form.append("file", new Blob([Buffer.from(recorded!, "base64")]), "film");
    const upload = await stack.api("000040", "POST", "/me/uploads", form);
    expect(upload.kind).toBe("video");

    const authorization = `Bearer ${await stack.token("000040")}`;
    const kept = await fetch(`${stack.server}/api/v1/uploads/${upload.id}/content`, { headers: { authorization } });
    expect(kept.headers.get("content-type")).toBe(type);
    const film = Buffer.from(await kept.arrayBuffer());
    expect(film.length, "the size stays").toBe(Buffer.from(recorded!, "base64").length);
    expect(film.includes("Chrome"), "the recorder's name is gone").toBe(false);
    expect(await page.evaluate(play, { type, film: film.toString("base64") })).toEqual({ width: 160, height: 120, moved: true });
  });
}

/** Some frames of a canvas, as base64; null where the type cannot be recorded. */
async function record(type: string): Promise<string | null> {
  if (!MediaRecorder.isTypeSupported(type)) return null;
  const canvas = Object.assign(document.createElement("canvas"), { width: 160, height: 120 });
  const drawing = canvas.getContext("2d")!;
  const recorder = new MediaRecorder(canvas.captureStream(30), { mimeType: type });
  const pieces: Blob[] = [];
  recorder.ondataavailable = (event) => pieces.push(event.data);
  const stopped = new Promise((resolve) => (recorder.onstop = resolve));
  recorder.start(100);
  let drawn = 0;
  await new Promise<void>((resolve) => {
    const draw = () => {
      drawing.fillStyle = `hsl(${drawn * 9} 80% 50%)`;
      drawing.fillRect(0, 0, 160, 120);
      if (++drawn < 30 || pieces.length < 3) requestAnimationFrame(draw);
      else resolve();
    };
    draw();
  });
  recorder.stop();
  await stopped;
  const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer());
  return btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ""));
}

/** Plays it until the time has moved; gives its size. */
async function play({ type, film }: { type: string; film: string }): Promise<{ width: number; height: number; moved: boolean }> {
  const bytes = Uint8Array.from(atob(film), (letter) => letter.charCodeAt(0));
  const video = Object.assign(document.createElement("video"), { muted: true, src: URL.createObjectURL(new Blob([bytes], { type })) });
  await new Promise<void>((resolve, reject) => {
    video.ontimeupdate = () => video.currentTime > 0 && resolve();
    video.onended = () => resolve();
    video.onerror = () => reject(new Error(video.error?.message ?? "the video does not play"));
    video.play().catch(reject);
  });
  return { width: video.videoWidth, height: video.videoHeight, moved: video.currentTime > 0 };
}
