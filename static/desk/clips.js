// Clips that were kept but are not on the server yet: they lie in this browser until the server has them on disk. Each belongs to the
// account that made it, and is never sent under another one that signs in here.
const AGAIN = 5000; // ms until a server that was away is asked again
const STORE = 'clips';

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

export class Clips {
  #sending = false;

  /** told: {saved(clip, answer), refused(clip, why, status), away(kind)}; `address` takes a clip, `token` and `account` are the page's. */
  constructor(address, token, account, told) {
    Object.assign(this, { address, token, account, told });
  }

  async open() {
    const opening = indexedDB.open('examsys-booth', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: 'key' });
    this.base = await done(opening);
    addEventListener('online', () => this.send());
  }

  #store(mode) {
    return this.base.transaction(STORE, mode).objectStore(STORE);
  }

  /** All of this account that waits here, oldest first. */
  async waiting() {
    const all = await done(this.#store('readonly').getAll());
    return all.filter((one) => one.account === this.account).sort((one, other) => one.at - other.at);
  }

  /** How many clips of other accounts wait here. */
  async ofOthers() {
    return (await done(this.#store('readonly').count())) - (await this.waiting()).length;
  }

  /** Keep a clip here, then send it; when (ms) it was kept. {text, speaker, of, clip}; rejects where the browser keeps nothing. */
  async keep(taken) {
    const at = Date.now();
    const transaction = this.base.transaction(STORE, 'readwrite', { durability: 'strict' });
    await done(transaction.objectStore(STORE).put({ ...taken, at, account: this.account, key: `${this.account}/${taken.speaker}/${taken.text}` }));
    this.send();
    return at;
  }

  /** Send what waits, one after the other; what the server refuses for good is handed back with its reason. */
  async send() {
    if (this.#sending) return;
    this.#sending = true;
    try {
      for (let [next] = await this.waiting(); next; [next] = await this.waiting()) {
        const tell = await this.#sent(next);
        if (!tell) break;
        const [still] = (await this.waiting()).filter((one) => one.key === next.key);
        if (still && still.at === next.at) await done(this.#store('readwrite').delete(next.key)); // else it was taken again meanwhile
        tell();
      }
    } finally {
      this.#sending = false;
    }
  }

  /** Send one clip; what to tell once it need not wait here any more, or nothing where it must. */
  async #sent(next) {
    const body = new FormData();
    for (const name of ['text', 'speaker', 'of', 'account']) body.append(name, next[name]);
    body.append('ago', String(Math.max(0, Math.round((Date.now() - next.at) / 1000))));
    body.append('clip', next.clip, 'clip');
    const headers = { Accept: 'application/json', 'X-CSRF-Token': this.token };
    const answer = await fetch(this.address, { method: 'POST', body, headers }).catch(() => null);
    if (answer && answer.ok) {
      const kept = await answer.json().catch(() => ({}));
      return () => this.told.saved(next, kept);
    }
    if (answer && [400, 404, 409, 413, 422].includes(answer.status)) {
      const { title } = await answer.json().catch(() => ({ title: String(answer.status) }));
      return () => this.told.refused(next, title, answer.status);
    }
    this.told.away(answer && [401, 403].includes(answer.status) ? 'signed_out' : 'away');
    setTimeout(() => this.send(), AGAIN);
    return null;
  }
}
