// The candidate's screen at any step of the journal, drawn by the terminal's own code from the frozen contents. It hears
// {index, ahead} from the player: which frame, and how many seconds since then; nothing here can be pressed.
import { draw, screen } from '../exam/screen.js';
import { notice, ready, result, review } from '../exam/stages.js';
import { after, opening } from '../exam/steps.js';
import { tags } from '../exam/words.js';

const data = (id) => JSON.parse(document.getElementById(id).textContent);
const words = data('words');
const paper = data('paper');
const frames = data('frames');
const root = document.getElementById('terminal');
const VIEWS = ['shown', 'language', 'flag', 'answer', 'clear'];
const views = films();
let now = { index: frames.length - 1, ahead: 0 };

/** The view at every frame, each from the one before, as the live page did it. */
function films() {
  const first = frames.find((frame) => frame.kind === 'start' || frame.kind === 'language');
  let view = opening((first && first.value) || 'bo');
  return frames.map((frame) => {
    if (frame.fresh) view = { ...opening(view.language, view), answers: view.answers, receipt: view.receipt };
    if (frame.kind === 'start') view = { ...view, language: frame.value };
    if (VIEWS.includes(frame.kind)) view = after(view, frame);
    if (frame.kind === 'answer' || frame.kind === 'clear') view = { ...view, receipt: { kind: 'saved', at: frame.wall.slice(0, 5) } };
    return view;
  });
}

function picture(frame, view) {
  const shown = { ...paper, candidate: paper.candidates[frame.seat] };
  if (frame.stage === 'running') return view.page === 'question' ? screen(words, shown, view) : review(words, shown, view);
  if (frame.stage === 'ready') return ready(words, shown, view, false);
  if (frame.stage === 'result' && frame.outcome) return result(words, shown, view, frame.outcome);
  return notice(words, shown, view, frame.stage === 'result' ? 'over' : frame.stage);
}

function show() {
  const frame = frames[now.index];
  if (!frame) return;
  const left = frame.stage === 'running' ? Math.max(0, frame.left - now.ahead) : frame.left;
  const view = { ...views[now.index], secondsLeft: left };
  document.documentElement.lang = tags[view.language] || 'bo';
  draw(root, picture(frame, view));
}

addEventListener('message', (event) => {
  if (event.origin !== location.origin || !event.data || !Number.isInteger(event.data.index)) return;
  now = { index: Math.min(Math.max(0, event.data.index), frames.length - 1), ahead: Number(event.data.ahead) || 0 };
  show();
});
addEventListener('resize', show);
document.addEventListener('click', (event) => event.preventDefault(), true);
document.addEventListener('keydown', (event) => { if (event.key !== 'Tab') event.preventDefault(); }, true);
if (document.fonts) document.fonts.ready.then(show);
show();
const told = views.map((view, index) => ({ ...frames[index], language: view.language, outcome: undefined }));
if (parent !== window) parent.postMessage({ frames: told }, location.origin);
