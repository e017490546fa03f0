// The editor: asks the checks as one types, shows what they say at the field, and hands the question to the terminal's picture.
const WAIT = 120; // ms after the last key before the checks are asked
const sheet = document.getElementById('sheet');
const editor = document.querySelector('.editor');
const frame = document.querySelector('.screen-box iframe');
const list = document.querySelector('.fault-list');
let timer = 0;
let asked = 0;
let language = 'bo';

const element = (tag, attributes, ...inside) => {
  const made = Object.assign(document.createElement(tag), attributes);
  made.append(...inside);
  return made;
};

async function ask() {
  const turn = ++asked;
  const body = new FormData(sheet);
  const answer = await fetch(editor.dataset.lint, { method: 'POST', body, headers: { Accept: 'application/json' } }).catch(() => null);
  const told = answer && await answer.json().catch(() => null);
  if (turn !== asked) return;
  if (!told || !answer.ok) {
    unchecked(answer && answer.status === 401 ? editor.dataset.signedOut : (told && told.title) || editor.dataset.unreached);
    return;
  }
  faults(told.faults);
  terms(told.terms);
  if (told.face) tell({ face: told.face });
}

/** What was found before is not said of what is typed now. */
function unchecked(why) {
  faults([]);
  list.replaceChildren(element('li', { className: 'error' }, why));
}

function faults(found) {
  for (const box of document.querySelectorAll('.faults')) box.replaceChildren();
  list.replaceChildren(...found.map(row));
  for (const fault of found) {
    const box = fault.field && document.getElementById(`${fault.field}-faults`);
    if (box) box.append(element('p', { className: `fault ${fault.level}` }, ...said(fault)));
  }
  for (const area of document.querySelectorAll('[data-field]')) {
    area.setAttribute('aria-invalid', String(found.some((fault) => fault.field === area.dataset.field && fault.level === 'error')));
  }
}

const said = (fault) => (fault.passage ? [fault.sentence, ' ', element('b', { lang: fault.lang }, fault.passage)] : [fault.sentence]);
const row = (fault) => element('li', { className: fault.level }, element('span', { className: 'mono' }, fault.rule), ' ', ...said(fault));

function terms(found) {
  const box = document.querySelector('.terms');
  box.replaceChildren(...found.map((term) => element('div', {},
    element('dt', { lang: 'zh-CN' }, term.zh),
    element('dd', {}, element('span', { lang: 'bo' }, term.bo), ...unsure(term, box)))));
}

/** What the translation bureau has still to confirm says so. */
const unsure = (term, box) => (term.status === 'draft' ? [' ', element('span', { className: 'unsure' }, box.dataset.unsure)] : []);

function tell(message) {
  frame.contentWindow.postMessage({ language, ...message }, location.origin);
}

/** A judge question has no options, the others no right or wrong. */
function kinds() {
  const kind = sheet.querySelector('[data-kind]');
  if (!kind || kind.disabled) return;
  const judge = kind.value === 'judge';
  for (const [part, shown] of [['.judge-key', judge], ['.options-sheet', !judge]]) {
    const box = sheet.querySelector(part);
    box.hidden = !shown;
    for (const key of box.querySelectorAll('[name="key"]')) key.disabled = !shown;
  }
}

/** Each subject has chapters of its own. */
function chapters() {
  const subject = sheet.querySelector('[name="subject"]');
  if (!subject) return;
  const chapter = sheet.querySelector('[name="chapter"]');
  for (const group of chapter.querySelectorAll('optgroup')) {
    group.disabled = group.dataset.subject !== subject.value;
    group.hidden = group.disabled;
  }
  const chosen = chapter.selectedOptions[0];
  if (!chosen || chosen.parentElement.disabled) chapter.value = chapter.querySelector('optgroup:not([disabled]) option').value;
}

/** The picture is 1024 wide, as on a terminal, and made as small as its box. */
function scale() {
  const box = document.querySelector('.screen-box');
  box.style.setProperty('--scale', String(box.clientWidth / 1024));
}

/** Every text as high as its words need, so that no Tibetan is hidden. */
function grow() {
  for (const area of sheet.querySelectorAll('textarea')) {
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight + 2}px`;
  }
}

sheet.addEventListener('input', () => {
  kinds();
  chapters();
  grow();
  clearTimeout(timer);
  timer = setTimeout(ask, WAIT);
});
for (const button of document.querySelectorAll('[data-tongue]')) {
  button.addEventListener('click', () => {
    language = button.dataset.tongue;
    for (const other of document.querySelectorAll('[data-tongue]')) other.setAttribute('aria-pressed', String(other === button));
    tell({});
  });
}
// What was typed is not left by accident.
let dirty = 'unsaved' in editor.dataset;
sheet.addEventListener('input', () => { dirty = true; });
sheet.addEventListener('submit', () => { dirty = false; });
addEventListener('beforeunload', (event) => { if (dirty) event.preventDefault(); });
if (document.fonts) document.fonts.ready.then(grow);
addEventListener('resize', () => { grow(); scale(); });
kinds();
chapters();
grow();
scale();
