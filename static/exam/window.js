// This window among others: where the candidate was, and that only one window sends answers.

const name = (attempt, what) => `exam-${what}-${attempt}`;

/** Keep the place for a reload: item numbers and language only. */
export function rememberPlace(attempt, { position, flags, language }) {
  try {
    sessionStorage.setItem(name(attempt, 'place'), JSON.stringify({ position, flags, language }));
  } catch {
    // Without it a reload begins where the server last knew.
  }
}

/** {position, flags, language} of this window before the reload, or null. */
export function rememberedPlace(attempt) {
  try {
    return JSON.parse(sessionStorage.getItem(name(attempt, 'place')));
  } catch {
    return null;
  }
}

/** The newest window of one attempt takes over; an older one stops, so that no two count the same sequence numbers. */
export function alone(attempt, giveWay) {
  const channel = new BroadcastChannel(name(attempt, 'window'));
  channel.onmessage = giveWay;
  channel.postMessage('here');
}
