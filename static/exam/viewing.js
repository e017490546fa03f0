// What was on the screen, sent in batches: at the latest with the next answer, never in its way.
import { call, passing } from './call.js';

const MOST = 200; // steps in one batch

export class Viewing {
  #steps = [];
  #sending = false;

  constructor(attempt, session) {
    this.path = `/exam/attempts/${attempt}/view`;
    this.session = session;
  }

  /** Note one step with the page's own monotonic milliseconds. */
  note(kind, position, value) {
    this.#steps.push({ kind, position, value, ms: Math.round(performance.now()) });
  }

  /** Send what is there. A batch that did not arrive goes again with the next one; one that is refused is dropped. */
  async flush(leaving = false) {
    if (!this.#steps.length || (this.#sending && !leaving)) return;
    this.#sending = true;
    const steps = this.#steps.slice(0, MOST);
    const answer = await call('POST', this.path, { steps }, { ...this.session(), keepalive: leaving });
    if (!passing(answer)) this.#steps.splice(0, steps.length);
    this.#sending = false;
  }
}
