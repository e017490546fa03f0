// Recordings at the terminal: one sounds at a time. What was listened to, and for how long, is told as steps of the view.
import { shown } from './words.js';

export class Listening {
  #player = new Audio();
  #of = '';
  #turn = 0;

  /** `told(of)`: which text sounds now ("stem:bo", "<option>:bo"), "" once it has stopped. */
  constructor(told) {
    this.told = told;
    this.#player.addEventListener('ended', () => this.stop());
    this.#player.addEventListener('error', () => this.stop());
  }

  /** Play a text, or stop it if it is the one that sounds. */
  press(url, of) {
    const again = this.#of === of;
    this.stop();
    if (again) return;
    this.#of = of;
    this.#player.src = url;
    this.told(of);
    const turn = ++this.#turn; // a text that the next one cuts off says so too late
    this.#player.play().catch(() => { if (turn === this.#turn) this.stop(); });
  }

  /** Silence. */
  stop() {
    if (!this.#of) return;
    this.#of = '';
    this.#player.pause();
    this.told('');
  }
}

/** What can be listened to on a question, in the order of the screen: [{url, of}]. */
export function recordings(question, language) {
  const texts = [['stem', question.audio], ...question.options.map((option) => [option.id, option.audio])];
  return texts.flatMap(([name, audio]) => shown(language).filter((code) => audio && audio[code]).map((code) => ({ url: audio[code], of: `${name}:${code}` })));
}

/** The recording to play with a key: "first" the question, "next" the one after the last that was heard, from the options round and round. */
export function chosen(question, language, which, last) {
  const found = recordings(question, language);
  if (which === 'first') return found.find(({ of }) => of.startsWith('stem:'));
  const options = found.filter(({ of }) => !of.startsWith('stem:'));
  return options[(options.findIndex(({ of }) => of === last) + 1) % options.length];
}
