// To the clipboard, on any page: browsers keep their clipboard interface for pages with TLS, and many intranets have
// none. There the old command is tried, and where that fails too the text is shown, ready to be taken by hand.
import { element, say } from "./dom.js";

async function byInterface(text) {
  if (!navigator.clipboard) return false;
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // a frame without the permission
  }
}

function byCommand(text) {
  const area = element("textarea", { class: "unseen", "aria-hidden": "true" });
  const focused = document.activeElement;
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  focused?.focus();
  return done;
}

function byHand(text) {
  const area = element("textarea", { readonly: "", rows: 12, "aria-label": "Text to copy" });
  area.value = text;
  const close = element("button", { class: "main" }, "Close");
  const dialog = element("dialog", { id: "copying", "aria-labelledby": "copying-title" },
    element("h2", { id: "copying-title" }, "Copy this text"),
    element("p", {}, "The browser does not let this page write to the clipboard. The text is selected: press Ctrl+C."),
    area, element("form", { method: "dialog" }, close));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  area.select();
}

/** Copy a text that is on its way, and say that it was done. */
export async function copy(coming, done) {
  let text;
  try {
    text = await coming;
  } catch {
    return say("This answer is no longer kept, so it cannot be copied. Ask the question again.");
  }
  if ((await byInterface(text)) || byCommand(text)) say(done);
  else byHand(text);
}
