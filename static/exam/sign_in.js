// Sign-in by mouse, touch or keys: the pad writes into the field that is being filled; * or . is the X of an ID number.
import { call } from './call.js';
import { sign } from './keys.js';

const form = document.getElementById('sign-in');
const fields = [form.elements.id_number, form.elements.admission];
const problem = document.getElementById('problem');
let field = fields[0];
let asking = false;

/** What may stand in a field: digits, and the X at the end of an ID number. */
function clean(input) {
  const kept = input === fields[0] ? input.value.toUpperCase().replace(/[*.]/g, 'X').replace(/[^0-9X]/g, '') : input.value.replace(/[^0-9]/g, '');
  input.value = kept.slice(0, input.maxLength);
}

function write(key) {
  if (key === 'back') field.value = field.value.slice(0, -1);
  else if (key === 'next') field = fields[(fields.indexOf(field) + 1) % 2];
  else {
    field.value += key;
    clean(field);
  }
  field.focus();
  goOn();
}

/** A whole ID number: the next digits belong to the code. */
function goOn() {
  if (field === fields[0] && field.value.length === field.maxLength) fields[1].focus();
}

async function ask() {
  if (asking) return;
  asking = true;
  form.elements.enter.disabled = true;
  const answer = await call('POST', '/exam/sign-in', { id_number: fields[0].value, admission: fields[1].value }, { language: document.documentElement.lang === 'bo' ? 'bo' : 'zh' });
  asking = false;
  form.elements.enter.disabled = false;
  if (answer.status === 200 && answer.body) {
    location.assign(`/exam/attempts/${encodeURIComponent(answer.body.attempt)}/terminal`);
    return;
  }
  problem.textContent = (answer.body && answer.body.title) || problem.dataset.down;
  fields[1].value = '';
  field = fields[1];
  field.focus();
}

fields.forEach((input) => {
  input.addEventListener('focus', () => { field = input; });
  input.addEventListener('input', () => { problem.textContent = ''; clean(input); goOn(); });
  input.addEventListener('keydown', (event) => {
    const key = sign(event);
    if (input === fields[0] && (key === '*' || key === '.')) { event.preventDefault(); write('X'); }
  });
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  if (fields[0].value && !fields[1].value) write('next');
  else ask();
});
form.addEventListener('click', (event) => {
  const pressed = event.target.closest('[data-key]');
  if (pressed) write(pressed.dataset.key);
});
fields[0].focus();
