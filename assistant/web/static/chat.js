// The chat page's own script: what happens on a click, and names for what Gradio leaves without one.
// It runs under "script-src 'self'": no inline code, and text from outside becomes DOM nodes, never markup.
import { act } from "./answers.js";
import { announce } from "./conversation.js";
import { citedBy } from "./dom.js";
import { SourcePanel } from "./panel.js";
import { Preview } from "./preview.js";

const preview = new Preview(document.body);
const panel = new SourcePanel(document.body, (focus) => preview.quietly(focus));

document.addEventListener("click", (event) => {
  const modified = event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (modified) return;
  const chip = event.target.closest?.("#chat a.cite");
  const thing = event.target.closest?.("#chat .do");
  if (thing) act(event, thing);
  if (!chip) return;
  event.preventDefault();
  preview.hide();
  panel.open(chip);
});

function each(selector, does) {
  for (const found of document.querySelectorAll(selector)) does(found);
}

// Gradio draws the page; what it leaves without a name for screen readers gets one here, whenever something is drawn.
function nameThings() {
  each(".submit-button:not([aria-label])", (button) => button.setAttribute("aria-label", "Send the question"));
  each(".stop-button:not([aria-label])", (button) => button.setAttribute("aria-label", "Stop answering"));
  each("#chat a.cite:not([aria-label])", (chip) => {
    chip.setAttribute("aria-label", `Source ${chip.textContent}: ${citedBy(chip).title}`);
    chip.removeAttribute("title"); // the preview says more, and sooner
    chip.removeAttribute("target");
  });
  each("#chat .do:not([aria-label])", (thing) => {
    thing.setAttribute("aria-label", thing.title);
    thing.removeAttribute("target");
  });
  each("#chat .tools[role=group]:not([aria-label])", (tools) => tools.setAttribute("aria-label", "This answer"));
  each("#chat .do:is(.up, .down):not([aria-pressed])", (thumb) => thumb.setAttribute("aria-pressed", thumb.matches(".on")));
  each("#chat .message [aria-label], #chat .message[aria-label]", (message) => {
    if (!message.matches("a, button, textarea, .tools, .scrolls")) message.removeAttribute("aria-label"); // raw Markdown
  });
  each("#chat .examples[role=list]", (examples) => {
    examples.setAttribute("role", "group"); // Gradio calls it a list, but puts buttons into it
    examples.setAttribute("aria-label", "Examples");
  });
  each("#chat .scrolls:not([aria-label])", (region) => region.setAttribute("aria-label", "Comparison"));
  panel.closeIfForgotten();
}

// A long answer is read from its beginning: the latest question goes to the top, not the answer's end to the bottom.
let seen = "";
function showLatest() {
  const rows = document.querySelectorAll("#chat .user-row");
  const now = `${rows.length} ${document.querySelector("#chat .waiting") !== null}`;
  if (rows.length > 0 && now !== seen) {
    const box = document.querySelector("#chat .bubble-wrap");
    box.scrollTop += rows[rows.length - 1].getBoundingClientRect().top - box.getBoundingClientRect().top;
  }
  seen = now;
}

// A button that goes away when it is pressed (send, stop, an example, a suggestion) leaves the focus to the box.
let focused = null;
document.addEventListener("focusin", (event) => (focused = event.target));
function keepFocus() {
  if (!focused || focused.isConnected || document.activeElement !== document.body) return;
  focused = null;
  document.querySelector("#question textarea")?.focus({ preventScroll: true });
}

// What is folded away on the screen is printed.
addEventListener("beforeprint", () => each("#chat details:not([open])", (folded) => {
  folded.open = true;
  folded.classList.add("folded");
}));
addEventListener("afterprint", () => each("#chat details.folded", (folded) => {
  folded.open = false;
  folded.classList.remove("folded");
}));

let waiting = false;
new MutationObserver(() => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    announce();
    nameThings();
    showLatest();
    keepFocus();
  });
}).observe(document.body, { childList: true, subtree: true });
