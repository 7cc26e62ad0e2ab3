// The recorded words of a call, for a machine without a Mandarin voice: 请 A 零 二 三 号 到 三 号 窗口.
const FOLDER = new URL("spoken/", import.meta.url);
const PAUSE = 0.04;
const LONG_PAUSE = 1;

// A window is read as a number: 12 is 十二, 23 is 二十三; larger ones digit by digit.
function tens(window) {
  const [ten, one] = [Math.floor(window / 10), window % 10];
  if (!ten || ten > 9) return [...String(window)];
  return [...(ten > 1 ? [String(ten)] : []), "shi", ...(one ? [String(one)] : [])];
}

export function clipsOf(number, window) {
  return ["qing", ...number, "hao", "dao", ...tens(window), "hao", "chuangkou"];
}

export class Recorded {
  constructor(sound) {
    this.sound = sound;
    this.clips = new Map();
  }

  // What a call is made of is fetched once; without it nothing can be said this way.
  async load() {
    const names = [..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", "qing", "hao", "dao", "shi", "chuangkou"];
    try {
      await Promise.all(names.map((name) => this.fetch(name)));
      return true;
    } catch {
      return false;
    }
  }

  async fetch(name) {
    const answer = await fetch(new URL(`${name}.mp3`, FOLDER));
    if (!answer.ok) throw new Error(name);
    this.clips.set(name, await this.sound.decodeAudioData(await answer.arrayBuffer()));
  }

  async say(number, window) {
    let at = this.sound.currentTime + PAUSE;
    for (const name of clipsOf(number, window)) {
      const buffer = this.clips.get(name);
      const clip = new AudioBufferSourceNode(this.sound, { buffer });
      clip.connect(this.sound.destination);
      clip.start(at);
      at += buffer.duration + PAUSE;
    }
    await new Promise((done) => setTimeout(done, (at - this.sound.currentTime + LONG_PAUSE) * 1_000));
  }
}
