// The key of this tab's conversation: 128 random bits, the only thing that the browser keeps of it. It lives in the
// state of the tab's history entry: that outlives a reload and nothing else, stands in no address that could be passed
// on, and is no cookie and no storage. What was said is on the server and is asked for again with the key.
import { write } from "./dom.js";

const NAME = "rolewise";

function randomKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

const known = history.state?.[NAME];
export const conversationKey = known ?? randomKey();
if (!known) history.replaceState({ ...history.state, [NAME]: conversationKey }, "");

let resumed = !known;

/** Hand the key to Gradio once it has drawn the page; after a reload, have the conversation shown again. */
export function announce() {
  const box = document.querySelector("#conversation :is(textarea, input)");
  if (box && box.value !== conversationKey) write(box, conversationKey);
  const again = document.querySelector("#resume");
  if (resumed || !again) return;
  resumed = true;
  again.click();
}
