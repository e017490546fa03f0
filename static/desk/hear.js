// Plays a recording where it is listed; the same button stops it.
const player = new Audio();
let pressed = null;

function still() {
  player.pause();
  if (pressed) pressed.setAttribute('aria-pressed', 'false');
  pressed = null;
}

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-hear]');
  if (!button) return;
  const again = button === pressed;
  still();
  if (again) return;
  pressed = button;
  button.setAttribute('aria-pressed', 'true');
  player.src = button.dataset.hear;
  player.play().catch(still);
});
player.addEventListener('ended', still);
