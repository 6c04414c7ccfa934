// While something published is not in use yet, look every few seconds, and load the page again when it is.
const state = document.getElementById("state");

async function look() {
  const answer = await fetch(state.dataset.state, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const { waiting } = await answer.json();
  if (Object.keys(waiting).length < Number(state.dataset.waiting)) window.location.assign(window.location.pathname);
  else window.setTimeout(look, 3000);
}

if (Number(state.dataset.waiting)) window.setTimeout(look, 3000);
