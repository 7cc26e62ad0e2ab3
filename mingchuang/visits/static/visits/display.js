// A screen over the windows: shows what it is told, says it aloud, and says when it is cut off.
import { cutOff, Line, timeOf } from "./live.js";
import { Announcer } from "./say.js";

const EVERY_NOTICE = 12_000;
const EVERY_WALL = 60_000;
// Where the server has no live pages, a screen asks again as one without scripts does.
const WITHOUT_LIVE = 15_000;

const main = document.querySelector("main[data-screen]");
const lost = document.querySelector(".lost");
const clock = document.querySelector("time[data-clock]");
const button = document.querySelector("[data-voice]");
const english = document.documentElement.lang === "en";
const announcer = button && new Announcer(english ? ["zh", "en"] : ["zh"]);
const ahead = Date.parse(clock.dataset.clock) - Date.now();
const now = () => Date.now() + ahead;

function show(told) {
  if (told.html !== main.innerHTML) main.innerHTML = told.html;
  announcer?.hear(told.spoken);
}

new Line(main.dataset.screen, {
  told: show,
  ...cutOff(lost, document.body.dataset.lost, now),
  absent: () => setTimeout(() => location.reload(), WITHOUT_LIVE),
});

setInterval(() => (clock.textContent = timeOf(now())), 1_000);

// Notices and guides take turns, and what hangs there now is asked for every minute.
const aside = document.querySelector("aside");
let hangs = aside.innerHTML;
let turn = 0;
setInterval(() => {
  const walls = [...aside.querySelectorAll("article")];
  turn = (turn + 1) % Math.max(1, walls.length);
  walls.forEach((wall, place) => (wall.hidden = place !== turn));
}, EVERY_NOTICE);

async function look() {
  const answer = await fetch(location.href, { cache: "no-store" });
  if (!answer.ok) return;
  const now = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("aside");
  if (now.innerHTML === hangs) return;
  hangs = aside.innerHTML = now.innerHTML;
  aside.hidden = now.hidden;
}

// Without a line the wall stays as it is.
setInterval(() => look().catch(() => {}), EVERY_WALL);

if (button) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    document.documentElement.requestFullscreen?.().catch(() => {});
    button.textContent = button.dataset[await announcer.start()];
  });
}
