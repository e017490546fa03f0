// The booth: one text at a time before the microphone, by the keyboard alone. It is "ready" (nothing recorded), "recording", "taken" (a
// clip to listen to), or at a text that was "kept" and can be taken anew; what is kept is in this browser at once and counts as saved
// only when the server says so. A text that was kept has its `clip` while that waits here, and its `file` once the server has it.
import { Clips } from './clips.js';
import { Microphone } from './microphone.js';

const at = (id) => document.getElementById(id);
const data = JSON.parse(at('data').textContent);
const { words, speaker } = data;
const stage = at('booth');
const microphone = new Microphone();
const memory = `booth/${speaker}`;
const tags = { bo: 'bo', zh: 'zh-CN' };
const MUTE = ['opening', 'closed']; // there is no microphone yet, or none at all
const BUSY = ['recording', 'ending'];
const SHORTEST = 300; // ms: less is two presses of the key, and the server takes none of it
const { queue } = data;
let place = 0;
let state = 'opening';
let clip = null;
let loudest = 0;
let begun = 0;
let warned = ''; // the key that was pressed once to leave a clip that is not kept
let saved = 0;
let levelled = null;

const say = (taken, why) => at('refused').append(Object.assign(document.createElement('li'), { textContent: `${taken.text}: ${why}` }));

const clips = new Clips(data.address, data.token, data.account, {
  saved: (taken, answer) => {
    saved += 1;
    levelled = answer.levelled;
    if (answer.instead) say(taken, words.instead);
    settle(taken, { file: answer.address, approved: false });
  },
  refused: (taken, why, status) => {
    const reason = status === 409 ? `${why} ${words.reload}` : why;
    say(taken, reason);
    settle(taken, { refused: reason });
  },
  away: (kind) => sent(kind),
});

const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));

const isKept = (text) => Boolean(text && (text.clip || text.file));
const left = () => queue.filter((text) => !isKept(text)).length;
const next = (from) => { // the next text that waits for a voice; the end where none does
  const found = queue.findIndex((text, at) => at >= from && !isKept(text));
  return found < 0 ? queue.length : found;
};

/** What became of a clip that was sent: its text has a file, or waits again with the reason. */
function settle(taken, facts) {
  const text = taken.speaker === speaker && queue.find((one) => one.id === taken.text);
  if (text) {
    Object.assign(text, facts);
    if (text.at === taken.at) text.clip = null; // else it was taken again meanwhile
    count();
    if (!queue[place] && left()) go(next(0));
    else if (text === queue[place] && ['ready', 'kept'].includes(state)) show();
  }
  sent();
}

async function sent(trouble = '') {
  const waits = (await clips.waiting()).length;
  const others = await clips.ofOthers();
  const line = [saved && `${filled(words.saved, { n: saved })} (${levelled ? words.levelled : words.as_it_came})`, waits && filled(words.waits, { n: waits }), others && filled(words.of_others, { n: others }), trouble && words[trouble]];
  at('sent').textContent = line.filter(Boolean).join(' · ');
}

function remember(text) {
  try {
    localStorage.setItem(memory, text);
  } catch {
    // Then the booth begins with the first text that waits.
  }
}

const count = () => { at('count').textContent = filled(words.left, { n: left() }); };

function show() {
  const text = queue[place];
  count();
  at('name').textContent = text ? text.id : '';
  at('chapter').textContent = text ? text.chapter : '';
  write('words', text ? text.words : words.end, text && text.language);
  write('other', text ? text.other : '', text && (text.language === 'bo' ? 'zh' : 'bo'));
  const told = text && toldOf(text);
  at('told').hidden = !told;
  at('told').textContent = told || '';
  if (text) remember(text.id);
  turn(MUTE.includes(state) ? state : isKept(text) ? 'kept' : 'ready');
}

function toldOf(text) {
  if (text.refused) return filled(words.refused, { why: text.refused });
  if (isKept(text)) return text.approved ? words.approved : '';
  return text.told ? filled(words.back_then, { why: text.told }) : text.stale && words.stale;
}

function write(id, said, language) {
  at(id).textContent = said;
  if (language) at(id).lang = tags[language];
  else at(id).removeAttribute('lang');
}

function turn(to, line = words[to]) {
  state = to;
  warned = '';
  stage.classList.toggle('is-recording', state === 'recording');
  at('record-word').textContent = { recording: words.stop, taken: words.play, kept: words.play }[state] || words.record;
  at('say').textContent = state === 'closed' ? words.no_microphone : line || '';
  const can = { record: !MUTE.includes(state) && queue[place], keep: state === 'taken', again: ['taken', 'kept'].includes(state), back: place > 0, skip: next(place + 1) < queue.length };
  for (const [act, may] of Object.entries(can)) stage.querySelector(`[data-act="${act}"]`).disabled = !may;
}

const acts = {
  async record() {
    if (state === 'ready' && queue[place]) {
      loudest = 0;
      begun = performance.now();
      microphone.start();
      turn('recording');
    } else if (state === 'recording') {
      const lasted = performance.now() - begun;
      state = 'ending';
      clip = await microphone.stop();
      if (lasted < SHORTEST || !clip.size) {
        turn('ready', words.too_short);
        return;
      }
      turn('taken', loudest < 0.05 ? words.quiet : loudest > 0.985 ? words.loud : words.taken);
      play(clip);
    } else if (state === 'taken') play(clip);
    else if (state === 'kept') play(queue[place].clip || queue[place].file);
  },
  async keep() {
    if (state !== 'taken') return;
    const text = queue[place];
    microphone.still();
    turn('ready');
    try {
      text.at = await clips.keep({ text: text.id, speaker, of: text.of, clip });
    } catch {
      turn('ready', words.too_full);
      return;
    }
    Object.assign(text, { clip, refused: '' });
    place = next(place + 1);
    if (!queue[place]) place = next(0); // what was left out on the way
    show();
    sent();
  },
  again() {
    if (!['taken', 'kept'].includes(state)) return;
    microphone.still();
    clip = null;
    turn('ready');
  },
  back() { if (place > 0) leave('back', place - 1); },
  skip() { if (next(place + 1) < queue.length) leave('skip', next(place + 1)); },
};

/** Go to another text; a clip that was taken and not kept is left only by the same key once more. */
function leave(key, to) {
  if (BUSY.includes(state)) return;
  if (state === 'taken' && warned !== key) {
    at('say').textContent = words.not_kept;
    warned = key;
  } else go(to);
}

function go(to) {
  microphone.still();
  place = to;
  show();
}

/** Play a clip that lies here, or at an address of the server. */
async function play(sound) {
  try {
    await microphone.play(sound instanceof Blob ? sound : await (await fetch(sound)).blob());
  } catch {
    at('say').textContent = words.not_played;
  }
}

const KEYS = { ' ': 'record', Enter: 'keep', Backspace: 'again', ArrowLeft: 'back', ArrowRight: 'skip' };
document.addEventListener('keydown', (event) => {
  const act = KEYS[event.key];
  if (!act || event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.target.closest('input, select, textarea, button, a, summary')) return;
  event.preventDefault();
  acts[act]();
});
stage.addEventListener('click', (event) => {
  const button = event.target.closest('[data-act]');
  if (!button) return;
  acts[button.dataset.act]();
  stage.focus({ preventScroll: true }); // so that the next key is for the booth again
});

function listen() {
  const level = microphone.level();
  at('meter').value = level;
  if (state === 'recording') loudest = Math.max(loudest, level);
  requestAnimationFrame(listen);
}

async function begin() {
  await clips.open();
  for (const one of await clips.waiting()) {
    const text = one.speaker === speaker && queue.find((each) => each.id === one.text);
    if (text) Object.assign(text, { clip: one.clip, at: one.at });
  }
  place = next(Math.max(0, queue.findIndex((text) => text.id === localStorage.getItem(memory))));
  if (!queue[place]) place = next(0);
  show();
  sent();
  stage.scrollIntoView();
  stage.focus({ preventScroll: true });
  clips.send();
  await microphone.open();
  turn('ready');
  listen();
}

addEventListener('beforeunload', (event) => { if (state === 'recording' || state === 'taken') event.preventDefault(); });
turn('opening');
begin().catch(() => turn('closed'));
