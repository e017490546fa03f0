// Time left as the server told it, counted on by the page's monotonic clock. The computer's wall clock is never asked.

export class Clock {
  #seconds = 0;
  #told = 0;
  #runs = false;

  constructor(now = () => performance.now()) { this.now = now; }

  /** The server's word: whole seconds left, and whether they are running. */
  tell(seconds, runs) {
    this.#seconds = seconds;
    this.#told = this.now();
    this.#runs = runs;
  }

  /** Seconds left, never below 0. */
  left() {
    const passed = this.#runs ? (this.now() - this.#told) / 1000 : 0;
    return Math.max(0, this.#seconds - passed);
  }
}

/** Says each of these minutes once as the time comes down to it, and again if time was added. */
export class Calls {
  #before = Infinity;

  constructor(minutes = [10, 5, 1]) { this.minutes = minutes; }

  /** The minute to announce now, or null. */
  due(seconds) {
    const found = this.minutes.find((minute) => seconds <= minute * 60 && this.#before > minute * 60);
    const first = this.#before === Infinity;
    this.#before = seconds;
    return found !== undefined && !first ? found : null;
  }
}

/** An instant of the server (ms since 1970) as Beijing time, "14:02". */
export function beijing(instant) {
  return instant ? new Date(instant + 8 * 3600 * 1000).toISOString().slice(11, 16) : '';
}
