// Keeps a board up to date: asks every three seconds, with the ETag of what it has, and replaces only what has changed.
// A part in which somebody is at work (an unfolded act, a field with the focus) is left alone until they are done.
const EVERY = 3000;
const board = document.querySelector('[data-board]');
const line = document.querySelector('[data-line]');
let tag = '';

function atWork(part) {
  return part.querySelector('details[open], :is(input, select, textarea, button):focus') !== null;
}

function put(name, html) {
  const part = document.querySelector(`[data-part="${name}"]`);
  if (!part || atWork(part)) return;
  const fresh = document.createElement('template');
  fresh.innerHTML = html;
  const focused = part.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null;
  part.replaceChildren(fresh.content);
  if (focused) [...part.querySelectorAll('a')].find((link) => link.getAttribute('href') === focused)?.focus();
}

async function ask() {
  try {
    const answer = await fetch(board.dataset.board, { headers: tag ? { 'If-None-Match': tag } : {}, cache: 'no-store' });
    line.hidden = answer.ok || answer.status === 304;
    if (answer.status === 401) location.reload();
    if (!answer.ok) return;
    const news = await answer.json();
    Object.entries(news.parts).forEach(([name, html]) => put(name, html));
    tag = answer.headers.get('ETag') || '';
  } catch {
    line.hidden = false;
  }
}

async function watch() {
  for (;;) {
    await new Promise((resolve) => { setTimeout(resolve, EVERY); });
    if (!document.hidden) await ask();
  }
}

if (board) watch();
