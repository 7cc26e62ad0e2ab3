// A walk opens again without a line. What the page itself put on the shelf is shown only where the
// house cannot be reached; a walk that is over, or whose inspector was signed out, is taken off it.
const SHELF = "inspections";
const WALK = /\/walk\/$/;
const PARTS = ["script", "style", "font", "image"];

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const isWalk = request.mode === "navigate" && WALK.test(new URL(request.url).pathname);
  if (request.method !== "GET" || !(isWalk || PARTS.includes(request.destination))) return;
  event.respondWith(answered(request, isWalk));
});

async function answered(request, isWalk) {
  try {
    const answer = await fetch(request);
    // A house that stumbles (5..) is back soon; one that leads away or does not know it is not.
    if (isWalk && !answer.ok && answer.status < 500) await (await caches.open(SHELF)).delete(request, { ignoreSearch: true });
    return answer;
  } catch (fault) {
    const kept = await caches.match(request, { cacheName: SHELF, ignoreSearch: true, ignoreVary: true });
    if (kept) return kept;
    throw fault;
  }
}
