// What can be done with an answer: copy it, copy its link, judge it, and put right how the question was understood.
import { conversationKey } from "./conversation.js";
import { element, say, write } from "./dom.js";
import { copy } from "./copying.js";

const LONGEST_REASON = 500; // as in assistant/web/answer_pages.py
const LONGEST_QUESTION = 2000; // as in assistant/limits.py
const REASONS = {
  up: ["It answers my question", "The source is clear", "Easy to read"],
  down: ["It misread my question", "The sentence does not say that", "Something is missing", "Out of date"],
};
const OURS = { "Rolewise-Conversation": conversationKey };

async function textAt(address) {
  const response = await fetch(address, { headers: OURS });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response.text();
}

async function judge(tools, up, reason) {
  const page = new URL(tools.querySelector(".link").href);
  const response = await fetch(`${page.pathname}/thumb`, {
    method: "POST",
    headers: { ...OURS, "Content-Type": "application/json" },
    body: JSON.stringify({ up, reason }),
  });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  for (const thumb of tools.querySelectorAll(".up, .down")) {
    thumb.classList.toggle("on", thumb.classList.contains("up") === up);
    thumb.setAttribute("aria-pressed", thumb.classList.contains("on"));
  }
}

async function rate(thumb) {
  const tools = thumb.closest(".tools");
  const up = thumb.classList.contains("up");
  document.querySelectorAll("form.why").forEach((form) => form.remove());
  try {
    await judge(tools, up, "");
  } catch {
    return say("That could not be noted. The answer may no longer be kept.");
  }
  say("Thank you, noted.");
  const form = reasonForm(thumb, tools, up);
  tools.after(form);
  form.querySelector("input").focus({ preventScroll: true });
  form.scrollIntoView({ block: "nearest" });
}

function reasonForm(thumb, tools, up) {
  const options = REASONS[up ? "up" : "down"].map((reason) =>
    element("label", {}, element("input", { type: "radio", name: "reason", value: reason }), reason));
  const words = element("textarea", { rows: 2, maxlength: LONGEST_REASON - 40, name: "words" });
  const close = element("button", { type: "button" }, "No, thanks");
  const form = element("form", { class: "why" },
    element("fieldset", {}, element("legend", {}, up ? "What was good about it?" : "What was wrong with it?"), ...options),
    element("label", { class: "words" }, "In your own words", words),
    element("p", {}, "Whoever reviews answers reads this. Your name is not noted; do not write it."),
    element("div", { class: "buttons" }, element("button", { type: "submit", class: "main" }, "Send"), close));
  const leave = () => {
    form.remove();
    thumb.focus();
  };
  close.addEventListener("click", leave);
  form.addEventListener("keydown", (event) => event.key === "Escape" && leave());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const parts = [new FormData(form).get("reason"), words.value.trim()].filter(Boolean);
    try {
      await judge(tools, up, parts.join(": "));
    } catch {
      return say("That could not be noted. The answer may no longer be kept.");
    }
    say("Thank you. Your reason is noted.");
    leave();
  });
  return form;
}

function edit(button) {
  const line = button.closest(".understood");
  const words = element("textarea", { rows: 2, maxlength: LONGEST_QUESTION, "aria-label": "The question to ask instead" });
  words.value = line.querySelector(".standalone").textContent;
  const cancel = element("button", { type: "button" }, "Cancel");
  const form = element("form", { class: "correct" }, words,
    element("div", { class: "buttons" }, element("button", { type: "submit", class: "main" }, "Ask this"), cancel));
  const leave = () => {
    form.remove();
    line.hidden = false;
    button.focus();
  };
  cancel.addEventListener("click", leave);
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leave();
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    leave();
    write(document.querySelector("#corrected :is(textarea, input)"), words.value);
    document.querySelector("#ask-corrected").click();
    document.querySelector("#question textarea").focus();
  });
  line.hidden = true;
  line.after(form);
  words.focus();
}

/** Do what a click on something with the class `do` asks for. */
export function act(event, thing) {
  if (thing.matches(".copy, .link")) event.preventDefault();
  if (thing.matches(".copy")) copy(textAt(thing.href), "The answer with its quotes is copied.");
  if (thing.matches(".link")) copy(Promise.resolve(thing.href), "The link to this answer is copied.");
  if (thing.matches(".up, .down")) rate(thing);
  if (thing.matches(".edit")) edit(thing);
}
