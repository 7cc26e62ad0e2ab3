// Listening to the server: one stream, come again by itself, each screen at another moment.
const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 20_000;
// The server says something every fifteen seconds; after so much silence the line is dead.
const SILENCE = 40_000;

// How long to wait before the next try: doubled each time up to half a minute, never all at once.
export const pauseOf = (told, failures, dice) =>
  Math.min(LONGEST_PAUSE, told * 2 ** failures) * (0.5 + dice);

// The events of a stream so far, and what is left of it.
export function eventsIn(text) {
  const parts = text.split("\n\n");
  const rest = parts.pop();
  const events = parts.map((part) => {
    const event = {};
    for (const line of part.split("\n")) {
      const [, name, value] = /^(\w*): ?(.*)$/.exec(line) ?? [];
      if (name) event[name] = value;
    }
    return event;
  });
  return { events, rest };
}

export const timeOf = (moment) =>
  new Date(moment).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "Asia/Shanghai" });

// What a page says while it is cut off: from when what it still shows is.
export function cutOff(place, words, now = Date.now) {
  let seen = now();
  return {
    back() {
      seen = now();
      place.hidden = true;
    },
    lost() {
      if (!place.hidden) return;
      place.textContent = words.replace("{time}", timeOf(seen));
      place.hidden = false;
    },
  };
}

export class Line {
  constructor(path, { told, lost = () => {}, back = () => {}, absent = () => {} }) {
    Object.assign(this, { path, told, lost, back, absent });
    this.failures = 0;
    this.retry = FIRST_PAUSE;
    this.last = "";
    this.open();
  }

  async open() {
    this.abort = new AbortController();
    try {
      const headers = this.last ? { "Last-Event-ID": this.last } : {};
      const answer = await fetch(this.path, { headers, cache: "no-store", signal: this.abort.signal });
      if (answer.status === 404) return this.absent();
      // One screen too many is told when to come again.
      if (answer.status === 503) this.retry = 1_000 * Number(answer.headers.get("Retry-After")) || this.retry;
      if (!answer.ok) throw new Error(`answered ${answer.status}`);
      await this.read(answer.body.pipeThrough(new TextDecoderStream()).getReader());
    } catch {
      // Whatever broke the line, the way is the same: say so, and come again.
    }
    if (!this.closed) this.again();
  }

  async read(reader) {
    let text = "";
    for (;;) {
      const watch = setTimeout(() => this.abort.abort(), SILENCE);
      const { value, done } = await reader.read();
      clearTimeout(watch);
      if (done) return;
      this.failures = 0;
      this.back();
      const { events, rest } = eventsIn(text + value);
      text = rest;
      events.forEach((event) => this.take(event));
    }
  }

  take(event) {
    if (event.retry) this.retry = Number(event.retry);
    if (event.id) this.last = event.id;
    if (event.data) this.told(JSON.parse(event.data));
  }

  again() {
    this.lost();
    this.timer = setTimeout(() => this.open(), pauseOf(this.retry, this.failures, Math.random()));
    this.failures += 1;
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
    this.abort.abort();
  }
}

// An element with data-live is told what changed. What stands in data-told is shown from the
// event itself; where more than that is another, the element asks for its fragment again. What
// says data-within is asked for again after so many seconds, told or not.
const JITTER = 50;
const WHILE_SOMEBODY_TYPES = 2_000;
// A call moves everybody in the line: a thousand pages do not all ask how long it takes now.
const SOON = 60_000;

class Piece {
  constructor(element, { back, lost }) {
    Object.assign(this, { element, back, lost });
    this.known = null;
    // How often what somebody asked for has come: what was fetched before it is older.
    this.answers = 0;
    element.addEventListener("htmx:afterSwap", () => (this.answers += 1));
    document.addEventListener("visibilitychange", () => this.listen());
    this.listen();
    this.watch();
  }

  // A page nobody looks at listens to nothing: browsers allow few lines to one server.
  listen() {
    this.line?.close();
    this.opened = true;
    const { live } = this.element.dataset;
    this.line = document.hidden || !live ? null : new Line(live, { told: (told) => this.hear(told), back: this.back, lost: this.lost });
    if (!document.hidden && this.missed) this.renew();
  }

  hear(told) {
    if (this.show(told)) this.within(this.opened ? JITTER * Math.random() : SOON * (0.5 + Math.random()));
    this.opened = false;
    const known = told.part ?? told.seen;
    if (known === (this.known ?? this.element.dataset.known)) return;
    const first = this.known === null && this.element.dataset.known === undefined;
    this.known = known;
    // What a ticket page shows is its part; of a board nobody knows how old it is.
    if (!first || told.seen) setTimeout(() => this.renew(), Math.random() * JITTER);
  }

  // Say whether anything that is told stands there with another value.
  show(told) {
    let moved = false;
    for (const [name, value] of Object.entries(told))
      for (const place of this.element.querySelectorAll(`[data-told="${name}"]`)) {
        moved ||= place.textContent !== String(value);
        place.textContent = value;
      }
    return moved;
  }

  watch() {
    clearTimeout(this.clock);
    this.due = 0;
    const said = this.element.dataset.within ?? this.element.querySelector("[data-within]")?.dataset.within;
    if (said) this.within(1_000 * said + Math.random() * JITTER);
  }

  // Ask again in so many milliseconds, unless that happens sooner anyway.
  within(pause) {
    const due = Date.now() + pause;
    if (this.due && this.due <= due) return;
    this.due = due;
    clearTimeout(this.clock);
    this.clock = setTimeout(() => this.renew(), pause);
  }

  // What somebody types stays; and what they have just asked for brings its own answer: a page
  // renewed before it would take the next key, and drop it.
  busy() {
    const { element } = this;
    const typed = element.contains(document.activeElement) && document.activeElement.matches("input, textarea, select");
    if (typed) return WHILE_SOMEBODY_TYPES;
    return element.matches(".htmx-request") || element.querySelector(".htmx-request") ? JITTER : 0;
  }

  later() {
    setTimeout(() => this.renew(), this.busy());
  }

  async renew() {
    this.missed = document.hidden;
    if (this.missed) return;
    if (this.busy()) return this.later();
    try {
      await this.fetch();
      this.back();
    } catch {
      // Without a line the page stays as it is, says so, and asks again.
      this.lost();
    }
    this.watch();
  }

  // The fragment may be what stands inside the element, the element itself, or its whole page.
  async fetch() {
    const { element, answers } = this;
    const answer = await fetch(element.dataset.fragment ?? location.href, { headers: { "HX-Request": "true" }, cache: "no-store" });
    if (!answer.ok) return;
    const text = await answer.text();
    if (this.busy() || answers !== this.answers) return this.later();
    const page = new DOMParser().parseFromString(text, "text/html");
    const same = (element.id && page.getElementById(element.id)) || page.querySelector("[data-live]");
    const held = element.contains(document.activeElement) ? document.activeElement.id : "";
    element.innerHTML = same ? same.innerHTML : text;
    window.htmx?.process(element);
    if (held) document.getElementById(held)?.focus();
  }
}

// A page that listens to nothing renews its main part, where anything on it changes with time.
const pieces = [...document.querySelectorAll("[data-live]")];
const main = document.getElementById("main");
if (!pieces.length && main?.querySelector("[data-within]")) pieces.push(main);
if (pieces.length) {
  const place = Object.assign(document.createElement("p"), { className: "lost", role: "status", hidden: true });
  document.body.append(place);
  const words = document.querySelector("script[data-lost]").dataset.lost;
  for (const element of pieces) new Piece(element, cutOff(place, words));
}
