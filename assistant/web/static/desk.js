// Judging one answer by keyboard. Without this script every button still works, as the form that it is.

const claims = [...document.querySelectorAll(".claim[id]")];
const live = document.getElementById("live");
const help = document.getElementById("keys");
const undoing = document.getElementById("undo-form");
const undone = document.getElementById("undone");
let current = -1;
let began = 0; // when the current claim came into sight, less the time that the page was out of sight
let hidden = 0;

function say(text) {
  live.textContent = "";
  requestAnimationFrame(() => { live.textContent = text; });
}

function go(index, focus = true) {
  if (index < 0 || index >= claims.length) return;
  claims[current]?.classList.remove("current");
  current = index;
  if (focus) { began = performance.now(); hidden = 0; } // else a click has chosen what was read before it
  const claim = claims[current];
  claim.classList.add("current");
  if (focus) {
    claim.focus({ preventScroll: true });
    claim.scrollIntoView({ block: "nearest" });
  }
}

let left = 0;
document.addEventListener("visibilitychange", () => {
  if (document.hidden) left = performance.now();
  else if (left) { hidden += performance.now() - left; left = 0; }
});

function seconds() {
  return Math.max(0, (performance.now() - began - hidden) / 1000).toFixed(2);
}

function line(word, mine) {
  const item = document.createElement("li");
  if (mine) item.className = "mine";
  const verdict = document.createElement("strong");
  verdict.textContent = word.label;
  item.append(`${mine ? "You" : word.reviewer}: `, verdict);
  if (word.reason) item.append(`, ${word.reason}`);
  if (word.note && !mine) item.append(` – ${word.note}`);
  return item;
}

function show(claim, said) {
  claim.classList.toggle("judged", Boolean(said.mine));
  for (const button of claim.querySelectorAll("button[name=judgement]")) {
    button.setAttribute("aria-pressed", String(button.value === said.mine?.judgement));
  }
  const words = said.others.map((word) => line(word, false));
  claim.querySelector(".words").replaceChildren(...(said.mine ? [line(said.mine, true)] : []), ...words);
  claim.querySelector("input[name=id]").value = said.id;
  undoing.hidden = !said.undo;
  undoing.elements.undoes.value = said.undo?.id ?? "";
  undoing.querySelector("span").textContent = said.undo?.said ?? "";
  undone.textContent = said.undone;
  undone.hidden = !said.undone;
}

async function send(form, body) {
  if (form.dataset.busy) return null;
  form.dataset.busy = "1";
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
    if (answer.status === 401) { window.location.reload(); return null; }
    const said = await answer.json();
    if (!answer.ok) throw new Error(said.detail);
    return said;
  } finally {
    delete form.dataset.busy;
  }
}

function unjudged() {
  const order = [...claims.keys()];
  const rest = [...order.slice(current + 1), ...order.slice(0, current + 1)];
  return rest.find((index) => !claims[index].classList.contains("judged"));
}

async function judge(claim, judgement) {
  const form = claim.querySelector("form");
  form.elements.seconds.value = seconds();
  const body = new URLSearchParams(new FormData(form));
  body.set("judgement", judgement);
  try {
    const said = await send(form, body);
    if (!said) return;
    show(claim, said);
    const next = unjudged();
    const place = `${claim.dataset.name}: ${said.mine.label}.`;
    if (next === undefined) {
      const approve = document.getElementById("approve") ? ", a: approve" : "";
      say(`${place} ${approve ? "All claims are judged. " : ""}n: next answer, u: undo${approve}.`);
      began = performance.now();
      hidden = 0;
    } else {
      say(`${place} Now claim ${next + 1} of ${claims.length}.`);
      go(next);
    }
  } catch (error) {
    say(`Not stored: ${error.message} Press the key again.`);
    claim.querySelector(".words").replaceChildren(Object.assign(document.createElement("li"), {
      className: "lost", textContent: `Not stored: ${error.message}`,
    }));
  }
}

async function undo() {
  if (undoing.hidden) { say("There is nothing of yours to undo here."); return; }
  try {
    const said = await send(undoing, new URLSearchParams(new FormData(undoing)));
    if (!said) return;
    const claim = claims[said.claim];
    show(claim, said);
    go(said.claim);
    say(said.mine ? `${said.undone} Before, it was ${said.mine.label}.` : said.undone);
  } catch (error) {
    undone.textContent = `Not undone: ${error.message}`;
    undone.hidden = false;
    say(undone.textContent);
  }
}

undoing.addEventListener("submit", (event) => { event.preventDefault(); undo(); });

for (const claim of claims) {
  const form = claim.querySelector("form");
  form.addEventListener("submit", (event) => {
    if (!event.submitter?.value) return;
    event.preventDefault();
    judge(claim, event.submitter.value);
  });
  claim.addEventListener("focusin", () => {
    const index = claims.indexOf(claim);
    if (index !== current) go(index, false);
  });
}

for (const box of document.querySelectorAll("input[name=keep]")) {
  box.addEventListener("change", () => {
    for (const other of document.querySelectorAll("input[name=keep]")) other.checked = box.checked;
  });
}

function write(name) {
  const field = claims[current]?.querySelector(`[name=${name}]`);
  if (!field) return;
  field.closest("details").open = true;
  field.focus();
}

const keys = {
  j: () => go(current + 1),
  k: () => go(current - 1),
  r: () => write("reason"),
  o: () => write("note"),
  u: () => undo(),
  s: () => claims[current]?.querySelector(".source-part a")?.click(),
  a: () => document.getElementById("approve")?.click(),
  n: () => document.getElementById("next")?.click(),
  q: () => document.getElementById("back")?.click(),
  "?": () => help.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || help.open) return;
  if (event.target.closest("input:not([type=checkbox]), select, textarea")) {
    if (event.key === "Escape") claims[current]?.focus();
    return;
  }
  const button = /^[1-4]$/.test(event.key) && claims[current]?.querySelectorAll("button[name=judgement]")[event.key - 1];
  const acts = button ? () => judge(claims[current], button.value) : Object.hasOwn(keys, event.key) && keys[event.key];
  if (acts && (!event.repeat || "jk".includes(event.key))) acts(); // a key held down would judge the next claim, too
  if (acts) event.preventDefault();
});

if (claims.length) {
  const named = claims.findIndex((claim) => `#${claim.id}` === window.location.hash);
  const first = named >= 0 ? named : unjudged();
  began = performance.now();
  go(first ?? 0, window.location.hash !== "#approval");
}
