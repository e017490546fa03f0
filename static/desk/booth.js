// The booth: one text at a time before the microphone, by the keyboard alone. It is "ready" (nothing recorded), "recording", or "taken"
// (a clip to listen to); what is kept is in this browser at once and counts as saved only when the server says so.
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
let queue = data.queue;
let place = 0;
let state = 'opening';
let clip = null;
let loudest = 0;
let saved = 0;
let levelled = null;

const say = (taken, why) => at('refused').append(Object.assign(document.createElement('li'), { textContent: `${taken.text}: ${why}` }));

const clips = new Clips(data.address, data.token, data.account, {
  saved: (taken, answer) => { saved += 1; levelled = answer.levelled; if (answer.instead) say(taken, words.instead); sent(); },
  refused: (taken, why) => { say(taken, why); sent(); },
  away: (kind) => sent(kind),
});

const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));

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

function show() {
  const text = queue[place];
  at('count').textContent = filled(words.left, { n: queue.length });
  at('name').textContent = text ? text.id : '';
  at('chapter').textContent = text ? text.chapter : '';
  write('words', text ? text.words : words.end, text && text.language);
  write('other', text ? text.other : '', text && (text.language === 'bo' ? 'zh' : 'bo'));
  const told = text && (text.told ? filled(words.back_then, { why: text.told }) : text.stale && words.stale);
  at('told').hidden = !told;
  at('told').textContent = told || '';
  if (text) remember(text.id);
  turn(MUTE.includes(state) ? state : 'ready');
}

function write(id, said, language) {
  at(id).textContent = said;
  if (language) at(id).lang = tags[language];
  else at(id).removeAttribute('lang');
}

function turn(next, line = words[next]) {
  state = next;
  stage.classList.toggle('is-recording', state === 'recording');
  at('record-word').textContent = { recording: words.stop, taken: words.play }[state] || words.record;
  at('say').textContent = state === 'closed' ? words.no_microphone : line || '';
  const can = { record: !MUTE.includes(state) && queue.length, keep: state === 'taken', again: state === 'taken', back: place > 0, skip: place < queue.length - 1 };
  for (const [act, may] of Object.entries(can)) stage.querySelector(`[data-act="${act}"]`).disabled = !may;
}

const acts = {
  async record() {
    if (state === 'ready' && queue[place]) {
      loudest = 0;
      microphone.start();
      turn('recording');
    } else if (state === 'recording') {
      state = 'ending';
      clip = await microphone.stop();
      turn('taken', loudest < 0.05 ? words.quiet : loudest > 0.985 ? words.loud : words.taken);
      microphone.play(clip).catch(() => {});
    } else if (state === 'taken') microphone.play(clip).catch(() => {});
  },
  async keep() {
    if (state !== 'taken') return;
    const text = queue[place];
    microphone.still();
    turn('ready');
    try {
      await clips.keep({ text: text.id, speaker, of: text.of, clip });
    } catch {
      turn('ready', words.too_full);
      return;
    }
    queue.splice(queue.indexOf(text), 1);
    place = Math.min(place, Math.max(0, queue.length - 1));
    show();
    sent();
  },
  again() {
    if (state !== 'taken') return;
    microphone.still();
    clip = null;
    turn('ready');
  },
  back() { if (place > 0 && !BUSY.includes(state)) go(place - 1); },
  skip() { if (place < queue.length - 1 && !BUSY.includes(state)) go(place + 1); },
};

function go(to) {
  microphone.still();
  place = to;
  show();
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
  const here = new Set((await clips.waiting()).filter((one) => one.speaker === speaker).map((one) => one.text));
  queue = queue.filter((text) => !here.has(text.id));
  place = Math.max(0, queue.findIndex((text) => text.id === localStorage.getItem(memory)));
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
