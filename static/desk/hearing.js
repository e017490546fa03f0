// Listening without the mouse: space plays, Enter approves what was heard to its end, the arrow leaves it for later. A recording whose
// file is missing has neither a player nor a yes; one that this browser cannot play is sent back.
const [clip, approve, say, reason] = ['clip', 'approve', 'say', 'reason'].map((id) => document.getElementById(id));

function heard() {
  approve.disabled = false;
  say.textContent = say.dataset.heard;
}

function unplayable() {
  say.textContent = say.dataset.unplayable;
  reason.value ||= reason.dataset.unplayable;
}

function play() {
  if (clip.paused) clip.play().catch(() => {});
  else clip.pause();
}

const acts = { ArrowRight: () => document.getElementById('later').click() };
document.addEventListener('keydown', (event) => {
  const act = acts[event.key];
  if (!act || event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.target.closest('input, select, textarea, button, a, audio, summary')) return;
  event.preventDefault();
  act();
});
if (clip) {
  Object.assign(acts, { ' ': play, Enter: () => { if (!approve.disabled) approve.click(); } });
  approve.disabled = true;
  clip.addEventListener('ended', heard);
  clip.addEventListener('error', unplayable);
  document.getElementById('play').addEventListener('click', play);
  if (clip.error) unplayable(); // it failed before this was read
  else clip.play().catch(() => {}); // the browser may want a key pressed first
}
