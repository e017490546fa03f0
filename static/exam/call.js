// One request to the exam's server. It never throws: a line that is down is an answer too (status 0).

const PATIENCE = 10000; // ms until an unanswered request counts as a line that is down

/**
 * Send `body` as JSON and hand back {status, body, at, wait}: `at` the server's own instant of the answer (ms since 1970, or null),
 * `wait` how long it asks us to wait (ms). Page and server share one origin; `token` is the session's.
 */
export async function call(method, path, body, { token = '', language = 'zh', keepalive = false } = {}) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  const headers = { Accept: 'application/json', 'Accept-Language': language === 'zh' ? 'zh-CN' : 'bo, zh-CN;q=0.8' };
  if (method !== 'GET') Object.assign(headers, { 'Content-Type': 'application/json', 'X-CSRF-Token': token });
  try {
    const answer = await fetch(path, {
      method, headers, keepalive, signal: patience.signal, credentials: 'same-origin', cache: 'no-store',
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    return { status: answer.status, body: parsed(text), at: Date.parse(answer.headers.get('Date')) || null, wait: 1000 * Number(answer.headers.get('Retry-After')) || 0 };
  } catch {
    return { status: 0, body: null, at: null, wait: 0 };
  } finally {
    clearTimeout(timer);
  }
}

function parsed(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

/** True where trying again later may help: no line, overload, a fault of the server, a proxy's page instead of JSON. */
export function passing({ status, body }) {
  return status === 0 || status === 408 || status === 425 || status === 429 || status >= 500 || (status === 200 && body === null);
}

/** The last word of a problem's type, as "time_over" of "attempt.time_over". */
export function slug({ body }) {
  return String((body && body.type) || '').split(/[./#]/).pop();
}

/** A pause that grows with every failure and can be ended early. */
export class Patience {
  #failures = 0;

  #end = () => {};

  /** Wait: 1, 2, 4, 8, then 15 s, a fifth more or less so that a room does not knock all at once. */
  pause(atLeast = 0) {
    const waits = [1000, 2000, 4000, 8000, 15000];
    const wait = waits[Math.min(this.#failures, waits.length - 1)] * (0.8 + 0.4 * Math.random());
    this.#failures += 1;
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.max(wait, atLeast));
      this.#end = () => { clearTimeout(timer); resolve(); };
    });
  }

  /** Go on at once. */
  end() { this.#end(); }

  /** It worked: the next pause is short again. */
  fresh() { this.#failures = 0; }
}
