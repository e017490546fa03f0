// One question as the terminal draws it, by the terminal's own code. It hears {face, language} from the editor; nothing here can be pressed.
import { draw, screen } from '../exam/screen.js';
import { opening } from '../exam/steps.js';
import { tags } from '../exam/words.js';

const data = (id) => JSON.parse(document.getElementById(id).textContent);
const words = data('words');
const root = document.getElementById('terminal');
const candidate = { name: '扎西', name_bo: 'བཀྲ་ཤིས།', seat: '1', colour: 'lake', animal: { zh: '', bo: '' }, reason: { zh: '', bo: '' }, subject: { zh: '', bo: '' }, licence_class: '' };
let shown = { face: data('face'), language: 'bo' };

function show() {
  if (!shown.face) return;
  const paper = { candidate, questions: [shown.face], demonstration: false, drafts: false, rules: { questions: 1, minutes: 45, pass_mark: 90, full_mark: 100 } };
  document.documentElement.lang = tags[shown.language] || 'bo';
  draw(root, screen(words, paper, { ...opening(shown.language), secondsLeft: 2700 }));
}

addEventListener('message', (event) => {
  if (event.origin !== location.origin || !event.data) return;
  shown = { ...shown, ...event.data };
  show();
});
addEventListener('resize', show);
document.addEventListener('click', (event) => event.preventDefault(), true);
document.addEventListener('keydown', (event) => { if (event.key !== 'Tab') event.preventDefault(); }, true);
if (document.fonts) document.fonts.ready.then(show);
show();
