// Shows how far a file has been read, and opens the report when it is there.
const bar = document.getElementById('far');
const words = document.getElementById('far-words');

async function look() {
  const answer = await fetch(bar.dataset.progress, { headers: { Accept: 'application/json' } }).catch(() => null);
  if (answer && answer.ok) {
    const { done, total, ready } = await answer.json();
    if (ready) {
      location.reload();
      return;
    }
    if (total) {
      bar.max = total;
      bar.value = done;
      words.textContent = `${done} / ${total}`;
    }
  }
  setTimeout(look, 400);
}
look();
