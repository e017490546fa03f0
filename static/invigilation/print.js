// Buttons that print the page; without this script they stay hidden and the browser's own menu prints.
document.querySelectorAll('[data-print]').forEach((button) => {
  button.hidden = false;
  button.addEventListener('click', () => print());
});
