// The tick in the head of the list ticks all rows of the page.
const all = document.querySelector("[data-all]");
all?.addEventListener("change", () => {
  for (const box of document.querySelectorAll('input[name="question"]')) box.checked = all.checked;
});
