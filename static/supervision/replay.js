// The candidate's screen at any step of the journal, drawn by the terminal's own code from the frozen contents. It hears
// {index, ahead} from the player: which frame, and how many seconds since then; nothing here can be pressed.
import { draw } from '../exam/screen.js';
import { picture } from '../exam/stages.js';
import { after, opening } from '../exam/steps.js';
import { tags } from '../exam/words.js';

const data = (id) => JSON.parse(document.getElementById(id).textContent);
const words = data('words');
const paper = data('paper');
const frames = data('frames');
const root = document.getElementById('terminal');
const views = films();
let now = { index: frames.length - 1, ahead: 0 };

/** The view at every frame, each from the one before, as the live page did it. */
function films() {
  const first = frames.find((frame) => frame.kind === 'start');
  let view = opening((first && first.language) || 'bo');
  return frames.map((frame) => {
    if (frame.fresh) view = { ...opening(view.language, view), answers: view.answers, receipt: view.receipt };
    view = after(view, frame);
    if (frame.kind === 'answer' || frame.kind === 'clear') view = { ...view, receipt: { kind: 'saved', at: frame.wall.slice(0, 5) } };
    return view;
  });
}

function show() {
  const frame = frames[now.index];
  if (!frame) return;
  const left = frame.stage === 'running' ? Math.max(0, frame.left - now.ahead) : frame.left;
  const view = { ...views[now.index], secondsLeft: left };
  document.documentElement.lang = tags[view.language] || 'bo';
  const shown = { ...paper, candidate: paper.candidates[frame.seat] };
  draw(root, picture(words, shown, view, { stage: frame.stage, outcome: frame.outcome }));
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
