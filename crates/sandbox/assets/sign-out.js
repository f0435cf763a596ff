// Goes on once every app was told, or after five seconds.
{
  const told = [...document.querySelectorAll("iframe")].map((frame) => new Promise((done) => (frame.onload = done)));
  const late = new Promise((done) => setTimeout(done, 5000));
  const next = document.getElementById("next");
  if (next) Promise.race([Promise.all(told), late]).then(() => location.replace(next.href));
}
