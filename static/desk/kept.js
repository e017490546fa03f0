// Keeps in this browser what is typed and not saved, by account and question: a sign-in may run out while somebody writes.
const sheet = document.getElementById('sheet');
const editor = document.querySelector('.editor');
const notice = document.getElementById('kept');
const shelf = (name) => `examsys.sheet.${editor.dataset.account}.${name}`;
const own = shelf(editor.dataset.sheet);
const STAMPS = ['base', 'made_from']; // on what it was typed: goes with it, so that nobody's change is written over unseen

const ticked = (one) => one.type === 'checkbox' || one.type === 'radio';
const mine = () => [...sheet.elements].filter((one) => one.name && one.name !== 'csrf_token' && !one.disabled && !one.readOnly);
const plain = (values) => values.map((value) => value.replace(/\s+/g, ' ').trim()).join('\n');

function typed() {
  const fields = {};
  for (const one of mine()) {
    fields[one.name] = fields[one.name] || [];
    if (!ticked(one) || one.checked) fields[one.name].push(one.value);
  }
  return fields;
}

function keep() {
  try {
    localStorage.setItem(own, JSON.stringify({ at: Date.now(), fields: typed() }));
  } catch { /* no room, or not allowed: the page still has it */ }
}

function kept(place) {
  try {
    return JSON.parse(localStorage.getItem(place));
  } catch {
    return null;
  }
}

/** Whether the page shows what was typed: it was saved, or nothing was changed. */
function stands(fields) {
  const now = typed();
  return Object.keys(fields).every((name) => STAMPS.includes(name) || !(name in now) || plain(now[name]) === plain(fields[name]));
}

function putBack(fields) {
  const kind = sheet.querySelector('[data-kind]');
  if (kind && fields.kind) kind.value = fields.kind[0];
  sheet.dispatchEvent(new Event('input')); // a judge question has other fields for its answer
  for (const one of mine().filter((field) => field.name in fields)) {
    if (ticked(one)) one.checked = fields[one.name].includes(one.value);
    else one.value = fields[one.name][0];
  }
  sheet.dispatchEvent(new Event('input'));
}

const before = kept(own);
if ('unsaved' in editor.dataset) keep();
else if (before && !stands(before.fields)) {
  document.getElementById('kept-at').textContent = new Date(before.at).toLocaleString(document.documentElement.lang);
  notice.hidden = false;
} else localStorage.removeItem(own);

const fresh = kept(shelf('new'));
if (fresh && stands(fresh.fields)) localStorage.removeItem(shelf('new')); // it has become this question

for (const event of ['input', 'submit']) {
  sheet.addEventListener(event, () => {
    if (notice.hidden) keep();
  });
}
document.getElementById('kept-back').addEventListener('click', () => {
  notice.hidden = true;
  putBack(before.fields);
});
document.getElementById('kept-away').addEventListener('click', () => {
  notice.hidden = true;
  localStorage.removeItem(own);
});
