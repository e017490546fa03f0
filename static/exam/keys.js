// What a key means at the exam: digits choose, * or . is the X, Enter or + goes on, - goes back, 0 flags, / tells the time,
// 8 and 9 read out (where there is a recording).

const PAD = { NumpadDecimal: '.', NumpadMultiply: '*', NumpadAdd: '+', NumpadSubtract: '-', NumpadDivide: '/', NumpadEnter: 'Enter' };

/** The key's sign; the number pad counts the same with and without NumLock. */
export function sign(event) {
  const digit = /^Numpad([0-9])$/.exec(event.code);
  return digit ? digit[1] : PAD[event.code] || event.key;
}

/** {act, index} for a key on the question page, or null. `kind` is the question's. */
export function meaning(event, kind) {
  if (event.ctrlKey || event.altKey || event.metaKey) return null;
  const key = sign(event);
  if (/^[1-6]$/.test(key)) return { act: 'choose', index: Number(key) - 1 };
  if ((key === '*' || key === '.') && kind === 'judge') return { act: 'choose', index: 1 };
  if (key === 'Enter' || key === '+' || key === 'ArrowRight' || key === 'PageDown') return { act: 'next' };
  if (key === '-' || key === 'ArrowLeft' || key === 'PageUp') return { act: 'back' };
  if (key === '0') return { act: 'flag' };
  if (key === '/') return { act: 'ask-time' };
  if (key === '8' || key === '9') return { act: 'hear', which: key === '8' ? 'first' : 'next' };
  if (key === 'Escape') return { act: 'close' };
  return null;
}
