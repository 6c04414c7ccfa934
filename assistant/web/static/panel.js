// The panel beside the chat: one article, scrolled to the cited sentence. It reads the same page that the link leads to.
import { citedBy, element } from "./dom.js";

const PHONE = matchMedia("(max-width: 640px)");

async function articleAt(address) {
  const response = await fetch(address.pathname, { credentials: "same-origin" });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  const page = new DOMParser().parseFromString(await response.text(), "text/html"); // nothing in it is run
  const article = page.querySelector("main article");
  if (!article) throw new Error("no article on the page");
  return document.importNode(article, true);
}

export class SourcePanel {
  /** `giveBack` is handed the return of the focus to the chip, when the panel is closed. */
  constructor(body, giveBack) {
    this.body = body;
    this.giveBack = giveBack;
    this.chip = null;
    this.asked = 0;
    this.count = element("span", { class: "count" });
    this.previous = this.button("previous", "Previous source", () => this.step(-1));
    this.next = this.button("next", "Next source", () => this.step(1));
    this.title = element("a", { id: "source-title" });
    this.text = element("div", { class: "text", role: "region", "aria-label": "The article", tabindex: "0" });
    const close = this.button("close", "Close the source", () => this.close());
    this.root = element(
      "aside",
      { id: "source", role: "dialog", "aria-labelledby": "source-title", hidden: "" },
      element("header", {}, element("div", { class: "tools" }, this.count, this.previous, this.next, close),
        element("h2", {}, this.title)),
      this.text,
    );
    this.root.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    body.append(this.root);
  }

  button(name, label, does) {
    const made = element("button", { type: "button", class: `tool ${name}`, "aria-label": label, title: label });
    made.addEventListener("click", does);
    return made;
  }

  /** The citations of the answer that `chip` stands in, each sentence once. */
  chipsBeside(chip) {
    const message = chip.closest(".bot") ?? chip.closest(".message") ?? document;
    return [...new Map([...message.querySelectorAll("a.cite")].reverse().map((one) => [one.href, one])).values()].reverse();
  }

  async open(chip) {
    this.chip = chip;
    this.chips = this.chipsBeside(chip);
    this.place = this.chips.findIndex((one) => one.href === chip.href);
    const address = new URL(chip.href);
    const turn = ++this.asked;
    this.show(chip);
    try {
      const article = await articleAt(address);
      if (turn === this.asked) this.fill(article, address);
    } catch {
      if (turn === this.asked) this.apologise(address);
    }
  }

  show(chip) {
    for (const one of document.querySelectorAll("a.cite.open")) one.classList.remove("open");
    chip.classList.add("open");
    this.count.textContent = `Source ${this.place + 1} of ${this.chips.length}`;
    this.previous.disabled = this.place <= 0;
    this.next.disabled = this.place >= this.chips.length - 1;
    this.title.href = chip.href;
    this.title.textContent = citedBy(chip).title;
    this.root.hidden = false;
    this.body.classList.add("source-open");
    document.querySelector("gradio-app").inert = PHONE.matches; // there the panel covers the chat
  }

  fill(article, address) {
    article.querySelector("h1")?.remove(); // the panel's own heading says it
    const here = this.chips.map((one) => new URL(one.href)).filter((one) => one.pathname === address.pathname);
    for (const other of here) article.querySelector(`[id="${CSS.escape(other.hash.slice(1))}"]`)?.classList.add("also");
    const sentence = article.querySelector(`[id="${CSS.escape(address.hash.slice(1))}"]`);
    this.text.replaceChildren(article);
    if (!sentence) return this.previous.parentElement.querySelector(".close").focus();
    sentence.classList.add("now");
    sentence.tabIndex = -1;
    sentence.focus({ preventScroll: true });
    this.text.scrollTop += sentence.getBoundingClientRect().top - this.text.getBoundingClientRect().top - this.text.clientHeight / 3;
  }

  apologise(address) {
    const link = element("a", { href: address.href }, "Open the article on its own page");
    this.text.replaceChildren(element("p", { role: "alert" }, "The article could not be loaded. ", link, "."));
    link.focus();
  }

  step(by) {
    const chip = this.chips[this.place + by];
    if (chip) this.open(chip);
  }

  key(event) {
    const plain = !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey);
    if (plain && event.key === "ArrowLeft") this.step(-1);
    if (plain && event.key === "ArrowRight") this.step(1);
  }

  close() {
    if (this.root.hidden) return;
    this.asked += 1;
    this.root.hidden = true;
    this.body.classList.remove("source-open");
    document.querySelector("gradio-app").inert = false;
    this.chip.classList.remove("open");
    const same = [...document.querySelectorAll("#chat a.cite")].findLast((one) => one.href === this.chip.href);
    const back = this.chip.isConnected ? this.chip : same; // the conversation may have been drawn anew
    this.giveBack(() => (back ?? document.querySelector("#question textarea"))?.focus());
  }

  /** A new conversation takes the citations away, and the panel with them. */
  closeIfForgotten() {
    if (!this.root.hidden && !document.querySelector("a.cite")) this.close();
  }
}
