// Listening without the mouse: space plays, Enter approves what was heard to its end, the arrow leaves it for later.
const clip = document.getElementById('clip');
const approve = document.getElementById('approve');
const say = document.getElementById('say');

function heard() {
  approve.disabled = false;
  say.textContent = say.dataset.heard;
}

function play() {
  if (clip.paused) clip.play().catch(() => {});
  else clip.pause();
}

approve.disabled = true;
clip.addEventListener('ended', heard);
document.getElementById('play').addEventListener('click', play);
document.addEventListener('keydown', (event) => {
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.target.closest('input, select, textarea, button, a, audio, summary')) return;
  const act = { ' ': play, Enter: () => { if (!approve.disabled) approve.click(); }, ArrowRight: () => document.getElementById('later').click() }[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
clip.play().catch(() => {}); // the browser may want a key pressed first
