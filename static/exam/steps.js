// What was on the screen, step by step. The live page and the replay change their view by this one function, so the
// steps that were recorded are the steps that were seen.

/** How the screen begins; `resume` is what the server last knew of this attempt. */
export function opening(language, resume = {}) {
  return {
    page: 'question', position: resume.position || 1, language: resume.language || language, flags: resume.flags || [], answers: {}, pending: [],
    zoom: null, size: 0, grid: false, secondsLeft: 0, receipt: { kind: 'none', at: '' }, line: 'up',
  };
}

/**
 * The view after one step {kind, position, value}.
 * shown: value is "question", "grid", "review", "hand-in", "zoom:<picture>" or "size:<0|1|2>"; language: "bo", "zh" or "both";
 * flag: "on" or "off"; answer (the journal's own step): the chosen option ids.
 */
export function after(view, { kind, position, value }) {
  if (kind === 'language') return { ...view, language: value };
  if (kind === 'answer' || kind === 'clear') return { ...view, answers: { ...view.answers, [position]: kind === 'clear' ? [] : value } };
  if (kind === 'flag') {
    const others = view.flags.filter((flagged) => flagged !== position);
    return { ...view, flags: value === 'on' ? [...others, position].sort((a, b) => a - b) : others };
  }
  if (kind !== 'shown') return view;
  const [what, number] = String(value).split(':');
  if (what === 'size') return { ...view, size: Number(number) };
  return { ...view, position, page: what === 'review' || what === 'hand-in' ? what : 'question', grid: what === 'grid', zoom: what === 'zoom' ? Number(number) : null };
}
