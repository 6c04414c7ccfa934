// The sentence behind a chip, shown while the mouse is over it or the keyboard has brought the focus to it. A finger
// has no such thing as hovering: there the first touch opens the panel.
import { citedBy, element } from "./dom.js";

const GAP = 8; // pixels between chip and preview, and to the edge of the window
const PAUSE = 120; // milliseconds: a mouse on its way past opens nothing, and may cross the gap to the preview

export class Preview {
  constructor(body) {
    this.quote = element("span", { class: "quote" });
    this.title = element("span", { class: "title" });
    this.root = element("div", { id: "preview", role: "tooltip", hidden: "" }, this.quote, this.title);
    body.append(this.root);
    document.addEventListener("pointerover", (event) => this.hover(event));
    document.addEventListener("focusin", (event) => this.focus(event.target));
    document.addEventListener("focusout", () => this.hide());
    document.addEventListener("scroll", (event) => this.root.contains(event.target) || this.hide(), true);
    window.addEventListener("keydown", (event) => this.key(event), true); // before the panel hears of it
  }

  hover(event) {
    if (event.pointerType !== "mouse" || this.root.contains(event.target)) return clearTimeout(this.timer);
    const chip = event.target.closest?.("a.cite");
    if (chip && chip === this.chip) return clearTimeout(this.timer);
    clearTimeout(this.timer);
    if (chip) this.timer = setTimeout(() => this.show(chip), PAUSE);
    else if (this.chip && this.chip !== document.activeElement) this.timer = setTimeout(() => this.hide(), PAUSE);
  }

  focus(target) {
    if (!this.quiet && target.matches?.("a.cite:focus-visible")) this.show(target);
  }

  /** Let the focus come back to a chip without showing again what was just read. */
  quietly(focus) {
    this.quiet = true;
    focus();
    this.quiet = false;
  }

  key(event) {
    if (event.key !== "Escape" || this.root.hidden) return;
    event.stopImmediatePropagation();
    this.hide();
  }

  show(chip) {
    const { quote, title } = citedBy(chip);
    if (!quote || !chip.isConnected) return;
    this.hide();
    this.chip = chip;
    this.quote.textContent = quote;
    this.title.textContent = title;
    this.root.hidden = false;
    chip.setAttribute("aria-describedby", "preview");
    this.place(chip.getBoundingClientRect());
  }

  place(chip) {
    const { width, height } = this.root.getBoundingClientRect();
    const left = Math.min(Math.max(GAP, chip.left + chip.width / 2 - width / 2), innerWidth - width - GAP);
    const above = chip.top - height - GAP;
    this.root.style.left = `${Math.max(GAP, left)}px`;
    this.root.style.top = `${above >= GAP ? above : chip.bottom + GAP}px`;
  }

  hide() {
    clearTimeout(this.timer);
    this.root.hidden = true;
    this.chip?.removeAttribute("aria-describedby");
    this.chip = null;
  }
}
