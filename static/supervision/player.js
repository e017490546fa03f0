// The player: which step is shown and how fast the time goes. The screen itself is drawn in the frame (replay.js).
const kinds = JSON.parse(document.getElementById('kinds').textContent);
const at = (id) => document.getElementById(id);
const screen = at('screen');
let frames = [];
let index = 0;
let clock = 0; // seconds of the exam that the player has reached
let playing = false;
let before = 0;

function tell() {
  screen.contentWindow.postMessage({ index, ahead: Math.max(0, clock - frames[index].since) }, location.origin);
  const frame = frames[index];
  at('step').value = index;
  const named = frame.position ? `${kinds[frame.kind] || frame.kind} · ${kinds.question} ${frame.position}` : kinds[frame.kind] || frame.kind;
  const spoken = kinds[`tongue_${frame.language}`] || '';
  const line = [`${frame.n} / ${frames[frames.length - 1].n}`, frame.wall, span(frame.since), named, spoken, frame.changed ? kinds.changed : ''].filter(Boolean).join(' · ');
  if (at('told').textContent !== line) at('told').textContent = line;
  at('step').setAttribute('aria-valuetext', line);
}

function span(seconds) {
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${(seconds % 60).toFixed(1).padStart(4, '0')}`;
}

function go(wanted) {
  if (!frames.length) return;
  index = Math.min(Math.max(0, wanted), frames.length - 1);
  clock = frames[index].since;
  tell();
}

function seek(from, by) {
  for (let found = from + by; found >= 0 && found < frames.length; found += by) if (frames[found].changed) { go(found); return; }
}

function run(on) {
  playing = on && frames.length > 0;
  if (playing && index === frames.length - 1) go(0);
  before = performance.now();
  at('play').textContent = playing ? at('play').dataset.pause : at('play').dataset.play;
  at('play').setAttribute('aria-pressed', String(playing));
}

setInterval(() => {
  if (!playing) return;
  const now = performance.now();
  clock += ((now - before) / 1000) * Number(at('speed').value);
  before = now;
  while (index < frames.length - 1 && frames[index + 1].since <= clock) index += 1;
  if (index === frames.length - 1) run(false);
  tell();
}, 100);

at('play').addEventListener('click', () => run(!playing));
at('back').addEventListener('click', () => { run(false); go(index - 1); });
at('on').addEventListener('click', () => { run(false); go(index + 1); });
at('changed-back').addEventListener('click', () => { run(false); seek(index, -1); });
at('changed-on').addEventListener('click', () => { run(false); seek(index, 1); });
at('step').addEventListener('input', (event) => { run(false); go(Number(event.target.value)); });
at('size').addEventListener('change', (event) => { [screen.width, screen.height] = event.target.value.split('×'); });

addEventListener('message', (event) => {
  if (event.origin !== location.origin || !Array.isArray(event.data.frames)) return;
  frames = event.data.frames;
  at('step').max = frames.length - 1;
  const changes = frames.some((frame) => frame.changed);
  at('changed-back').disabled = at('changed-on').disabled = !changes;
  const asked = Number(new URLSearchParams(location.search).get('step'));
  const wanted = frames.findIndex((frame) => frame.n === asked);
  go(wanted >= 0 ? wanted : Math.max(0, frames.findIndex((frame) => frame.kind === 'start')));
});
