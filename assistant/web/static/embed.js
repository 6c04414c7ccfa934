// The chat page inside a widget, at /embed: links leave the frame, and Escape goes to the page around it.
// It speaks to that page only if the server names its origin; the widget checks in its turn who speaks.
const embedded = /\/embed$/.test(location.pathname);
const OPEN_THINGS = "#source:not([hidden]), #preview:not([hidden]), form.why, form.correct, dialog[open], :popover-open"; // Escape closes these first

/** The origin of the page around, when it is one that may show the chat; else null. */
function hostOrigin() {
  const allowed = document.querySelector('meta[name="rolewise-embed-origins"]')?.content.split(" ") ?? [];
  const around = location.ancestorOrigins?.[0] ?? (document.referrer && new URL(document.referrer).origin);
  return parent !== window && allowed.includes(around) ? around : null;
}

function box() {
  return document.querySelector("#question textarea");
}

function speakWith(origin) {
  const tell = (what) => parent.postMessage({ rolewise: what }, origin);
  addEventListener("message", (event) => {
    if (event.source === parent && event.origin === origin && event.data?.rolewise === "focus") box()?.focus();
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !document.querySelector(OPEN_THINGS)) tell("close");
  }, { capture: true }); // before the page's own listeners close what is open
  if (box()) return tell("ready");
  new MutationObserver((_changes, watching) => {
    if (!box()) return;
    watching.disconnect();
    tell("ready");
  }).observe(document.body, { childList: true, subtree: true });
}

if (embedded) {
  document.documentElement.classList.add("embed");
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || link.matches(".cite")) return; // a chip opens the panel beside the answer
    link.target = "_blank";
    link.rel = "noopener";
  }, { capture: true });
  const origin = hostOrigin();
  if (origin) speakWith(origin);
}
