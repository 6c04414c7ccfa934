// The chat page's own script: the panel that shows a cited sentence in its article, and names for what has none.
// It runs under "script-src 'self'": no inline code, and text from outside becomes DOM nodes, never markup.
import { SourcePanel } from "./panel.js";

const panel = new SourcePanel(document.body);

document.addEventListener("click", (event) => {
  const chip = event.target.closest?.("a.cite");
  const modified = event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!chip || modified) return;
  event.preventDefault();
  panel.open(chip);
});

// Gradio draws the page; what it leaves without a name for screen readers gets one here, whenever something is drawn.
function nameThings() {
  for (const button of document.querySelectorAll(".submit-button:not([aria-label])")) {
    button.setAttribute("aria-label", "Send the question");
  }
  for (const chip of document.querySelectorAll("a.cite:not([aria-label])")) {
    chip.setAttribute("aria-label", chip.title);
    chip.removeAttribute("target");
  }
  for (const message of document.querySelectorAll("#chat .message [aria-label], #chat .message[aria-label]")) {
    if (!message.matches("a, button")) message.removeAttribute("aria-label"); // it repeats the raw Markdown
  }
  for (const table of document.querySelectorAll("#chat .message table:not([tabindex])")) table.tabIndex = 0; // it scrolls
  panel.closeIfForgotten();
}

// A long answer is read from its beginning: the latest question goes to the top, not the answer's end to the bottom.
let questions = 0;
function showLatest() {
  const rows = document.querySelectorAll("#chat .user-row");
  if (rows.length > 0 && rows.length !== questions) {
    const box = document.querySelector("#chat .bubble-wrap");
    box.scrollTop += rows[rows.length - 1].getBoundingClientRect().top - box.getBoundingClientRect().top;
  }
  questions = rows.length;
}

let waiting = false;
new MutationObserver(() => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    nameThings();
    showLatest();
  });
}).observe(document.body, { childList: true, subtree: true });
