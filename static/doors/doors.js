// Doors open by a call of our own, so that a page loaded before another door was used still opens one; without script the forms do the same.
const problem = document.getElementById("problem");

async function open(event) {
  event.preventDefault();
  const form = event.currentTarget, button = form.querySelector("button");
  button.setAttribute("aria-busy", "true");
  problem.textContent = "";
  try {
    const answer = await fetch(form.action, { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}" });
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.title);
    location.assign(told.url);
  } catch (error) {
    problem.textContent = error.message;
    problem.scrollIntoView({ block: "nearest" });
  } finally {
    button.removeAttribute("aria-busy");
  }
}

for (const form of document.querySelectorAll("form[data-door]")) form.addEventListener("submit", open);
