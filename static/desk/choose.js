// The editor's window of pictures: one is chosen by its looks, or taken in, and its path goes into the field it was opened from.
const WAIT = 200; // ms after the last key before pictures are looked for
const dialog = document.querySelector('.choosing');
const found = dialog.querySelector('[data-found]');
const words = dialog.querySelector('[data-words]');
const taking = dialog.querySelector('[data-take]');
let field = null;
let timer = 0;
let asked = 0;

async function look() {
  const turn = ++asked;
  const answer = await fetch(`${dialog.dataset.from}&text=${encodeURIComponent(words.value)}`).catch(() => null);
  if (!answer || !answer.ok || turn !== asked) return;
  const fresh = document.createElement('template');
  fresh.innerHTML = await answer.text();
  found.replaceChildren(fresh.content);
}

/** A question may show several pictures, an option one. */
function put(path) {
  const several = field.name === 'media' && field.value.trim();
  field.value = several ? `${several} ${path}` : path;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  dialog.close();
  field.focus();
}

for (const input of document.querySelectorAll('input[list="media-paths"]')) {
  const button = Object.assign(document.createElement('button'), { type: 'button', className: 'button choose', textContent: dialog.getAttribute('aria-label') });
  button.addEventListener('click', () => {
    field = input;
    dialog.showModal();
    look();
  });
  input.after(button);
}
words.addEventListener('input', () => {
  clearTimeout(timer);
  timer = setTimeout(look, WAIT);
});
found.addEventListener('click', (event) => {
  const card = event.target.closest('[data-path]');
  if (card) put(card.dataset.path);
});
taking.addEventListener('submit', async (event) => {
  event.preventDefault();
  const said = taking.querySelector('[role="alert"]');
  const button = taking.querySelector('button');
  button.disabled = true;
  const answer = await fetch(taking.action, { method: 'POST', body: new FormData(taking), headers: { Accept: 'application/json' } }).catch(() => null);
  const told = answer ? await answer.json().catch(() => ({})) : {};
  button.disabled = false;
  said.hidden = Boolean(told.path);
  said.textContent = told.problem || told.title || '';
  if (!told.path) return;
  taking.reset();
  put(told.path);
});
