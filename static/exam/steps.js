// What was on the screen, step by step. The live page and the replay change their view by this one function, so the
// steps that were recorded are the steps that were seen.

/** How the screen begins; `resume` is what the server last knew of this attempt. */
export function opening(language, resume = {}) {
  return {
    page: 'question', position: resume.position || 1, language: resume.language || language, flags: resume.flags || [], answers: {}, pending: [],
    zoom: null, size: 0, grid: false, secondsLeft: 0, heard: '', receipt: { kind: 'none', at: '' }, line: 'up',
  };
}

/**
 * The view after one step of the journal {kind, position, value, options}; steps that change nothing on the screen leave it as it is.
 * start and language: `language` or value "bo", "zh", "both"; flag: value true or false; answer and clear: `options`;
 * audio: value is the text that sounds from then on ("stem:bo", "<option>:bo"), "stop" that nothing does;
 * shown: value "question", "grid", "review", "hand-in", "zoom:<picture>" or "size:<0|1|2>", nothing meaning "question".
 */
export function after(view, { kind, position, value, options, language }) {
  if (kind === 'start' || kind === 'language') return { ...view, language: language || value };
  if (kind === 'answer' || kind === 'clear') return { ...view, answers: { ...view.answers, [position]: options || [] } };
  if (kind === 'flag') {
    const others = view.flags.filter((flagged) => flagged !== position);
    return { ...view, flags: value ? [...others, position].sort((a, b) => a - b) : others };
  }
  if (kind === 'audio') return { ...view, heard: !value || value === 'stop' ? '' : value };
  if (kind !== 'shown') return view;
  const [what, number] = String(value || 'question').split(':');
  if (what === 'size') return { ...view, size: Number(number) };
  return { ...view, position, page: what === 'review' || what === 'hand-in' ? what : 'question', grid: what === 'grid', zoom: what === 'zoom' ? Number(number) : null };
}
