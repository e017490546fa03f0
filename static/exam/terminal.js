// The terminal: one page from waiting to the result. It holds the state, hears the candidate and the server, and draws.
//
// #page, the page's data: {attempt, csrf, language, demonstration, drafts, pulse, rules: {questions, minutes, pass_mark, full_mark},
// candidate: {name, seat, colour, animal: {zh, bo}, reason: {zh, bo}, subject: {zh, bo}, licence_class, photo}}. `pulse` is the address
// of {state, seconds_left} alone, asked every 4 s; without it the whole attempt is asked every 20 s. `photo` is an address or nothing.
// #words, the page's words: {zh: {key: text}, bo: {key: text}}, from templates/exam/words.html.
import { Answers } from './attempt.js';
import { call, passing, Patience, slug } from './call.js';
import { beijing, Calls, Clock } from './clock.js';
import { meaning } from './keys.js';
import { chosen, Listening } from './listening.js';
import { draw } from './screen.js';
import { picture } from './stages.js';
import { after, opening } from './steps.js';
import { Viewing } from './viewing.js';
import { alone, rememberPlace, rememberedPlace } from './window.js';
import { tags, tell } from './words.js';

const data = (id) => JSON.parse(document.getElementById(id).textContent);
const page = data('page');
const words = data('words');
const root = document.getElementById('terminal');
const path = `/exam/attempts/${page.attempt}`;
const paper = { candidate: page.candidate, rules: page.rules, questions: [], demonstration: page.demonstration, drafts: page.drafts };
const clock = new Clock();
const calls = new Calls();
const session = () => ({ token: page.csrf, language: view.language });
const viewing = new Viewing(page.attempt, session);
const answers = new Answers(page.attempt, session, () => viewing.flush(), {
  receipt: ({ body, at }) => { savedAt = beijing(at); clock.tell(body.seconds_left, stage === 'running'); show(); },
  moved: () => show(),
  halted: (why) => stopped(why),
  refused: () => refresh(),
});

// A journal of what was heard: the text when it begins, "stop" when it ends, wherever the candidate has gone meanwhile.
const listening = new Listening((of) => {
  if (of) lastHeard = of;
  step('audio', view.position, of || 'stop');
});

const place = rememberedPlace(page.attempt);
let view = opening(page.language || 'bo', place || {});
document.documentElement.lang = tags[view.language] || 'bo';
let stage = 'loading';
let outcome = null;
let savedAt = '';
let starting = false;
let finishing = false;
let byTab = false;
let lastHeard = '';

const EVERY = { loading: 2000, waiting: 3000, ready: 8000, running: page.pulse ? 4000 : 20000, paused: 3000, over: 2000, asked: 4000 };
const ACTS = { elsewhere: 'reload', signed_out: 'sign_in', trouble: 'reload' };

function show() {
  view = { ...view, pending: answers.pending, line: answers.line, receipt: { kind: answers.state, at: savedAt }, secondsLeft: clock.left() };
  draw(root, picture(words, paper, view, { stage, outcome, starting, act: ACTS[stage] }));
}

function enter(next) {
  if (stage === next) return;
  if (next !== 'running') listening.stop();
  stage = next;
  show();
  const start = root.querySelector('.ask, .calm');
  if (start) start.focus({ preventScroll: true });
}

// What was shown is noted and drawn by the same function that the replay uses.
function step(kind, position, value) {
  if (kind === 'language' || (kind === 'shown' && position !== view.position) || value === 'review') listening.stop();
  const moved = kind === 'shown' && (position !== view.position || !['size'].includes(String(value).split(':')[0]));
  view = after(view, { kind, position, value });
  if (stage === 'running' || stage === 'paused') viewing.note(kind, position, value); // before, start tells the language; after, nothing counts
  rememberPlace(page.attempt, view);
  show();
  const start = moved && root.querySelector('.zoom .close, .ask, .calm');
  if (start) start.focus({ preventScroll: true });
}

function go(position) {
  if (position >= 1 && position <= paper.questions.length) step('shown', position, 'question');
}

function choose(id) {
  const question = paper.questions[view.position - 1];
  const before = view.answers[view.position] || [];
  const several = question.kind === 'multiple';
  if (!several && before[0] === id) return;
  const wanted = several ? question.options.map((option) => option.id).filter((each) => before.includes(each) !== (each === id)) : [id];
  view = after(view, { kind: 'answer', position: view.position, options: wanted });
  answers.choose(view.position, wanted);
  show();
}

const acts = {
  choose, go: (value) => go(Number(value)), next: () => go(view.position + 1), back: () => go(view.position - 1),
  flag: () => step('flag', view.position, !view.flags.includes(view.position)),
  language: (value) => { document.documentElement.lang = tags[value] || 'bo'; step('language', view.position, value); },
  size: (value) => step('shown', view.position, `size:${value}`),
  zoom: (value) => step('shown', view.position, `zoom:${value}`),
  close: () => { if (view.zoom !== null || view.grid) go(view.position); },
  grid: () => step('shown', view.position, view.grid ? 'question' : 'grid'),
  review: () => step('shown', view.position, 'review'),
  'hand-in': () => step('shown', view.position, 'hand-in'),
  return: () => go(view.position),
  listen: (url, of) => listening.press(url, of),
  hear: (which) => {
    const wanted = chosen(paper.questions[view.position - 1], view.language, which, lastHeard);
    if (wanted) listening.press(wanted.url, wanted.of);
  },
  'ask-time': () => announce(Math.max(1, Math.round(clock.left() / 60))),
  start, submit, makeup, leave,
  reload: () => location.reload(), sign_in: () => location.assign('/exam/'),
  sign_out: async () => { await call('POST', '/exam/sign-out', {}, session()); location.assign('/exam/'); },
};

function announce(minutes) {
  document.getElementById('announce').textContent = tell(words, view.language, 'minutes_left', { n: minutes });
}

async function start() {
  if (starting) return;
  starting = true;
  show();
  const answer = await call('POST', `${path}/start`, { language: view.language }, session());
  starting = false;
  if (answer.status === 200 && answer.body) adopt(answer.body);
  else await refresh();
  show();
}

// Answers first, then the end; both by background requests that are repeated until they arrive.
async function submit() {
  enter('handing');
  await answers.drained();
  if (stage !== 'handing') return; // paused or closed meanwhile: the candidate decides again
  await viewing.flush();
  await finish();
}

async function finish() {
  if (finishing) return;
  finishing = true;
  await untilGraded();
  finishing = false;
}

async function untilGraded() {
  const patience = new Patience();
  for (;;) {
    const answer = await call('POST', `${path}/submit`, {}, session());
    if (answer.status === 200 && answer.body) {
      answers.forget();
      outcome = answer.body;
      enter(outcome.makeup === 'asked' ? 'asked' : 'result');
      return;
    }
    if (!passing(answer)) { stopped(answer.status === 409 ? slug(answer) : 'signed_out'); return; }
    answers.line = 'down';
    show();
    await patience.pause(answer.wait);
  }
}

// The examiner releases the make-up; asking again for the attempt tells its name (`next`).
async function makeup() {
  const answer = await call('POST', `${path}/makeup`, {}, session());
  if (answer.status >= 200 && answer.status <= 299) enter('asked');
}

async function leave() {
  const answer = await call('POST', `${path}/leave`, {}, session());
  if (answer.status < 200 || answer.status > 299) return;
  outcome = { ...outcome, makeup: 'left' };
  show();
}

function stopped(why) {
  if (why === 'paused') enter('paused');
  else if (why === 'time_over' || why === 'closed') enter('over');
  else if (why === 'signed_out') enter('signed_out');
  else refresh();
}

/** Take the server's word for where the attempt stands. */
function adopt(attempt) {
  clock.tell(attempt.seconds_left, attempt.state === 'running');
  if (attempt.state === 'closed') { closed(attempt); return; }
  if (attempt.state === 'running' || attempt.state === 'paused') {
    const first = !paper.questions.length;
    paper.questions = attempt.questions;
    const held = first ? answers.resume(attempt.newest_seq) : Object.fromEntries(answers.pending.map((position) => [position, view.answers[position]]));
    if (first && !place) view = { ...view, language: attempt.language || view.language, flags: attempt.flags || [], position: attempt.position || 1 };
    view = { ...view, answers: { ...attempt.answers, ...held }, position: Math.min(view.position, attempt.questions.length) };
    if (first) viewing.note('shown', view.position, 'question');
  }
  follow(attempt.state);
}

function closed(attempt) {
  answers.halt('closed');
  if (attempt.next) { location.assign(`/exam/attempts/${attempt.next}/terminal`); return; }
  if (stage === 'asked') return;
  enter('over');
  finish();
}

function follow(state) {
  if (state === 'closed') { refresh(); return; }
  if (state === 'running' && stage === 'over' && clock.left() <= 0) return; // the server's closer is on its way
  const resumed = state === 'running' && ['paused', 'over'].includes(stage);
  if (stage !== 'handing') enter(state);
  if (resumed) answers.go();
}

async function refresh() {
  const answer = await call('GET', path, undefined, session());
  heard(answer);
  if (answer.status === 200 && answer.body) adopt(answer.body);
}

async function pulse() {
  const answer = await call('GET', page.pulse, undefined, session());
  heard(answer);
  if (answer.status !== 200 || !answer.body || stage !== 'running') return;
  clock.tell(answer.body.seconds_left, answer.body.state === 'running');
  if (answer.body.state !== 'running') follow(answer.body.state);
}

function heard(answer) {
  const back = answers.line === 'down' && !passing(answer);
  answers.line = passing(answer) ? 'down' : 'up';
  if (back && stage === 'running') answers.go();
  if (!passing(answer) && answer.status >= 400) { answers.halt('signed_out'); enter('signed_out'); }
  show();
}

async function watch() {
  let asked = -Infinity;
  for (;;) {
    if (performance.now() - asked >= (EVERY[stage] || Infinity)) {
      asked = performance.now();
      if (stage === 'running' && page.pulse) await pulse();
      else await refresh();
    }
    await new Promise((resolve) => { setTimeout(resolve, 250); });
  }
}

setInterval(() => {
  if (stage !== 'running') return;
  const due = calls.due(clock.left());
  if (due) announce(due);
  if (clock.left() <= 0) enter('over');
  show();
}, 500);
setInterval(() => viewing.flush(), 15000);

root.addEventListener('click', (event) => {
  const pressed = event.target.closest('[data-do]');
  if (!pressed || pressed.disabled) return;
  byTab = event.detail === 0;
  acts[pressed.dataset.do](pressed.dataset.with, pressed.dataset.of);
});

document.addEventListener('keydown', (event) => {
  if (event.key === 'Tab') { byTab = true; return; }
  if (stage !== 'running' || view.page !== 'question') return;
  const question = paper.questions[view.position - 1];
  const means = meaning(event, question.kind);
  if (!means || (event.key === 'Enter' && byTab && document.activeElement.matches('button'))) return;
  if (view.zoom !== null && means.act !== 'close') return;
  event.preventDefault();
  byTab = false;
  const option = question.options[means.index];
  if (means.act === 'choose' && option) choose(option.id);
  else if (means.act !== 'choose') acts[means.act](means.which);
});

addEventListener('online', () => answers.go());
addEventListener('pagehide', () => viewing.flush(true));
addEventListener('resize', show);
if (document.fonts) document.fonts.ready.then(show);
alone(page.attempt, () => { answers.halt('elsewhere'); enter('elsewhere'); });
show();
watch();
