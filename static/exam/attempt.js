// The candidate's answers on their way: kept in this browser until the server has them on disk, sent one after another,
// ticked only after the receipt. No personal data is kept, only item number, choice and sequence number.
import { call, passing, Patience, slug } from './call.js';

/** Answers of one attempt. `told` hears: receipt({position, body, at}), moved(), halted(slug), refused(position, slug). */
export class Answers {
  #waiting = new Map(); // position -> {options, seq}, oldest first; a newer choice takes the older one's place at the end
  #seq = 0;
  #sending = false;
  #halted = '';
  #patience = new Patience();
  #empty = [];

  constructor(attempt, session, before, told) {
    this.path = `/exam/attempts/${attempt}/answers/`;
    this.shelf = `exam-answers-${attempt}`;
    this.session = session;
    this.before = before; // view steps go at the latest with the next answer
    this.told = told;
    this.line = 'up';
  }

  /** Positions that have no receipt yet. */
  get pending() { return [...this.#waiting.keys()]; }

  /** "none" before the first answer, then "saved", "sending" or "kept" (line down). */
  get state() {
    if (!this.#waiting.size) return this.#seq ? 'saved' : 'none';
    return this.line === 'down' ? 'kept' : 'sending';
  }

  /** Take up after a load: what this browser still holds and the server has never seen goes again. Returns those answers. */
  resume(newest) {
    const held = this.#held().filter(([, , seq]) => seq > newest);
    this.#waiting = new Map(held.map(([position, options, seq]) => [position, { options, seq }]));
    this.#seq = Math.max(newest, ...held.map(([, , seq]) => seq));
    this.#keep();
    this.go();
    return Object.fromEntries(held.map(([position, options]) => [position, options]));
  }

  /** The candidate chose: on the shelf first, then on its way. */
  choose(position, options) {
    this.#seq += 1;
    this.#waiting.delete(position);
    this.#waiting.set(position, { options, seq: this.#seq });
    this.#keep();
    this.go();
  }

  /** Send what waits; also the answer to "the line is back" and "the pause is over". */
  go() {
    this.#halted = '';
    this.#patience.end();
    if (!this.#sending) this.#send();
  }

  /** Send no more; what has no receipt stays on the shelf. */
  halt(why) {
    this.#halted = why;
    this.#patience.end();
    this.#settle();
  }

  /** Resolves once nothing waits, or once nothing more will be taken. */
  drained() {
    return new Promise((resolve) => { this.#empty.push(resolve); this.#settle(); });
  }

  async #send() {
    this.#sending = true;
    while (this.#waiting.size && !this.#halted) {
      const [position, { options, seq }] = this.#waiting.entries().next().value;
      this.told.moved();
      this.before();
      const answer = await call('PUT', this.path + position, { options, seq }, this.session());
      if (passing(answer)) {
        this.line = 'down';
        this.told.moved();
        await this.#patience.pause(answer.wait);
      } else {
        this.line = 'up';
        this.#patience.fresh();
        this.#heard(position, seq, answer);
      }
    }
    this.#sending = false;
    this.told.moved();
    this.#settle();
  }

  #heard(position, seq, answer) {
    if (answer.status === 200) {
      this.#drop(position, seq);
      this.told.receipt({ position, body: answer.body, at: answer.at });
    } else if (answer.status === 409 || answer.status === 401 || answer.status === 403) {
      this.#halted = answer.status === 409 ? slug(answer) : 'signed_out';
      this.told.halted(this.#halted);
    } else {
      this.#drop(position, seq);
      this.told.refused(position, slug(answer));
    }
  }

  #drop(position, seq) {
    const newest = this.#waiting.get(position);
    if (newest && newest.seq === seq) this.#waiting.delete(position);
    this.#keep();
  }

  #settle() {
    if (this.#waiting.size && !this.#final()) return;
    this.#empty.splice(0).forEach((resolve) => resolve());
  }

  #final() { return ['time_over', 'closed', 'signed_out'].includes(this.#halted); }

  #held() {
    try {
      return JSON.parse(localStorage.getItem(this.shelf)) || [];
    } catch {
      return [];
    }
  }

  #keep() {
    try {
      if (this.#waiting.size) localStorage.setItem(this.shelf, JSON.stringify([...this.#waiting].map(([position, { options, seq }]) => [position, options, seq])));
      else localStorage.removeItem(this.shelf);
    } catch {
      // A full or forbidden shelf: the answer is still in memory and on its way.
    }
  }

  /** The attempt is closed: nothing of it stays in this browser. */
  forget() {
    this.#waiting.clear();
    this.#keep();
  }
}
