// How a call is said, and one call after the other.
import { Recorded } from "./spoken.js";

const DIGITS = "零一二三四五六七八九";
const PAIR = { zh: ["zh-CN", (number, window) => `请 ${number} 号到 ${window} 号窗口`], en: ["en", (number, window) => `Number ${number}, please go to window ${window}`] };

// A023 is read A 零二三: letter by letter, digit by digit.
export function numberSaid(number, language) {
  const letters = number.replace(/\d+$/, "").split("").join(" ");
  const digits = number.slice(number.search(/\d*$/));
  return language === "en"
    ? [letters, ...digits].filter(Boolean).join(" ")
    : [letters, digits.replace(/\d/g, (digit) => DIGITS[digit])].filter(Boolean).join(" ");
}

export function callSaid(number, window, language) {
  return PAIR[language][1](numberSaid(number, language), window);
}

// So long one announcement may take before the next one begins all the same.
const LONGEST = 15_000;
const TIMES = 2;
// Who was cut off for long does not hear what everybody else has forgotten.
const MOST = 12;

// Speaks what was called, in order, each call twice: in the voices of this machine, in recorded words
// where it has none for Mandarin, and with a bell where these cannot be had either.
export class Announcer {
  constructor(languages) {
    this.languages = languages;
    this.heard = null;
    this.waiting = [];
  }

  // Calls are told over and over, the oldest first; whoever has just come hears no old ones.
  hear(calls) {
    const newest = Math.max(0, ...calls.map(([key]) => key));
    const fresh = this.heard === null ? [] : calls.filter(([key]) => key > this.heard);
    this.heard = Math.max(this.heard ?? 0, newest);
    if (!this.started) return;
    this.waiting.push(...fresh);
    this.waiting.splice(0, this.waiting.length - MOST);
    this.next();
  }

  // Browsers let nobody speak before somebody has pressed a button. Tells how it speaks from now on.
  async start() {
    this.started = true;
    this.sound = new AudioContext();
    this.voices = await voicesFor(this.languages);
    if (this.voices.some(([language]) => language === "zh")) return "on";
    const recorded = new Recorded(this.sound);
    if (await recorded.load()) this.recorded = recorded;
    return this.recorded ? "recorded" : this.voices.length ? "on" : "chime";
  }

  async next() {
    if (this.busy || !this.waiting.length) return;
    this.busy = true;
    while (this.waiting.length) await this.announce(this.waiting.shift());
    this.busy = false;
  }

  async announce([, number, window]) {
    if (!this.recorded && !this.voices?.length) return chime(this.sound);
    for (let time = 0; time < TIMES; time += 1) {
      await this.recorded?.say(number, window);
      for (const [language, voice] of this.voices) await speak(callSaid(number, window, language), PAIR[language][0], voice);
    }
  }
}

// The voices of this machine for these languages; they may come a little later than the page.
async function voicesFor(languages) {
  if (!window.speechSynthesis) return [];
  if (!speechSynthesis.getVoices().length)
    await new Promise((done) => {
      speechSynthesis.addEventListener?.("voiceschanged", done, { once: true });
      setTimeout(done, 2_000);
    });
  const voices = speechSynthesis.getVoices();
  return languages.map((one) => [one, voices.find((voice) => voice.lang.toLowerCase().startsWith(one))]).filter(([, voice]) => voice);
}

function speak(words, lang, voice) {
  return new Promise((done) => {
    const said = new SpeechSynthesisUtterance(words);
    Object.assign(said, { lang, voice, rate: 0.9 });
    const late = setTimeout(() => (speechSynthesis.cancel(), done()), LONGEST);
    said.onend = said.onerror = () => (clearTimeout(late), done());
    speechSynthesis.speak(said);
  });
}

// Two tones, a third apart, as in every hall.
async function chime(sound) {
  for (const [start, tone] of [[0, 660], [0.45, 528]]) {
    const wave = new OscillatorNode(sound, { frequency: tone });
    const loud = new GainNode(sound, { gain: 0 });
    const at = sound.currentTime + start;
    loud.gain.setValueAtTime(0, at);
    loud.gain.linearRampToValueAtTime(0.4, at + 0.02);
    loud.gain.exponentialRampToValueAtTime(0.001, at + 0.6);
    wave.connect(loud).connect(sound.destination);
    wave.start(at);
    wave.stop(at + 0.7);
  }
  await new Promise((done) => setTimeout(done, 1_500));
}
