// Small helpers of the chat page's scripts. Text from outside becomes DOM nodes, never markup.

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** The article title and the cited words behind a chip, from the list that every reply carries. */
export function citedBy(chip) {
  const reply = chip.closest(".bot") ?? document;
  const item = reply.querySelector(`.quotes li:nth-child(${Number(chip.textContent)})`);
  return {
    quote: item?.querySelector(".quote")?.textContent ?? "",
    title: item?.querySelector(".title")?.textContent ?? chip.textContent,
  };
}

/** Put a text into one of Gradio's boxes as if it had been typed. */
export function write(box, text) {
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

const status = element("div", { id: "said", role: "status" });
let fading;

/** Tell something in passing: seen for a few seconds, and read out. */
export function say(text) {
  if (!status.isConnected) document.body.append(status);
  clearTimeout(fading);
  status.textContent = text;
  status.classList.add("shown");
  fading = setTimeout(() => status.classList.remove("shown"), 4000);
}
