// The chat on somebody else's page: <script src="https://HOST/widget.js" defer></script> and nothing more.
// A bubble opens the bare chat in a frame, which is made on the first click. Nothing of the page is changed: all of
// it lives in a shadow tree beside the body, styled through the CSSOM, which a page's "style-src 'self'" permits.
(() => {
  "use strict";
  const NAME = "rolewise-widget";
  const PATIENCE = 15_000; // milliseconds until a frame that says nothing is taken for blocked
  const PHONE = matchMedia("(max-width: 640px), (max-height: 480px)");
  const CHOICES = { theme: ["auto", "light", "dark"], position: ["end", "start", "right", "left"] };
  const ICONS = {
    chat: "M12 3C6.5 3 2 6.8 2 11.5c0 2.4 1.2 4.6 3.1 6.1-.1 1.3-.6 2.4-1.4 3.3 1.9-.1 3.6-.8 4.9-1.7 1.1.3 2.2.5 3.4.5 5.5 0 10-3.7 10-8.2S17.5 3 12 3z",
    close: "M6 6l12 12M18 6L6 18",
    leave: "M14 4h6v6M20 4l-9 9M10 5H6a2 2 0 0 0-2 2v11a2 2 0 0 0 2 2h11a2 2 0 0 0 2-2v-4",
  };
  const STYLE = `
    :host { all: initial !important; }
    :host, .light { --paper: #fff; --ink: #1e293b; --line: #d5dde8; --hover: #f1f5f9; --focus: #1d4ed8; color-scheme: light; }
    .dark { --paper: #0f172a; --ink: #e2e8f0; --line: #33445e; --hover: #1e293b; --focus: #93c5fd; color-scheme: dark; }
    @media (prefers-color-scheme: dark) {
      .auto { --paper: #0f172a; --ink: #e2e8f0; --line: #33445e; --hover: #1e293b; --focus: #93c5fd; color-scheme: dark; }
    }
    * { box-sizing: border-box; }
    .all { --own: #1d4ed8; --on: #fff; --off: #000; --side: max(20px, env(safe-area-inset-right)); font: 16px/1.4 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; color: var(--ink); }
    .bubble, dialog { position: fixed; z-index: 2147483000; inset: auto; }
    .end > * { inset-inline-end: 20px; } .start > * { inset-inline-start: 20px; }
    .right > * { right: 20px; } .left > * { left: 20px; }
    button, a { font: inherit; color: inherit; border: 0; margin: 0; padding: 0; background: none; cursor: pointer; display: grid; place-items: center; }
    svg { width: 22px; height: 22px; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
    .bubble { bottom: calc(20px + env(safe-area-inset-bottom)); width: 56px; height: 56px; border-radius: 50%; background: var(--own); color: var(--on);
      box-shadow: 0 0 0 2px rgb(255 255 255 / .9), 0 6px 22px rgb(15 23 42 / .35); }
    .bubble:hover, .painted .bar > :not(.title):hover { background: color-mix(in srgb, var(--own), var(--off) 18%); }
    .painted .bar { background: var(--own); color: var(--on); --focus: currentcolor; }
    .bubble svg { width: 28px; height: 28px; }
    .bubble .cross, .open .bubble .talk { display: none; }
    .open .bubble .cross { display: block; }
    :focus-visible { outline: 3px solid var(--focus); outline-offset: 3px; }
    .bar :focus-visible { outline-offset: -3px; }
    dialog { bottom: calc(92px + env(safe-area-inset-bottom)); width: 420px; height: min(680px, 100vh - 112px); height: min(680px, 100dvh - 112px); max-width: calc(100vw - 40px); max-height: none;
      margin: 0; padding: 0; border: 1px solid var(--line); border-radius: 16px; overflow: hidden; overscroll-behavior: contain;
      background: var(--paper); color: var(--ink); box-shadow: 0 18px 60px rgb(15 23 42 / .3); }
    dialog[open] { display: flex; flex-direction: column; }
    .bar { display: flex; align-items: center; gap: 2px; min-height: 48px; padding: 0 6px 0 16px; padding-inline: 16px 6px; border-bottom: 1px solid var(--line); flex: none; }
    .title { flex: 1; min-width: 0; margin: 0; font-size: 16px; font-weight: 600; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; text-align: start; }
    .bar > :not(.title) { width: 40px; height: 40px; border-radius: 10px; flex: none; }
    .bar > :not(.title):hover { background: var(--hover); }
    .room { position: relative; flex: 1; min-height: 0; }
    iframe { position: absolute; inset: 0; width: 100%; height: 100%; border: 0; opacity: 0; color-scheme: inherit; background: var(--paper); }
    .ready iframe { opacity: 1; }
    .wait { position: absolute; inset: 0; margin: auto; width: 34px; height: 34px; border-radius: 50%; border: 3px solid var(--line); border-top-color: var(--focus); animation: turn 1s linear infinite; }
    .ready .wait, .lost .wait, .lost iframe { display: none; }
    .elsewhere { display: none; position: absolute; inset: 0; margin: auto; width: max-content; height: max-content; max-width: 80%; padding: 12px 20px; border: 1px solid var(--line); border-radius: 99px; text-decoration: none; }
    .lost .elsewhere { display: block; }
    dialog::backdrop { background: none; }
    @keyframes turn { to { transform: rotate(1turn); } }
    @media (max-width: 640px), (max-height: 480px) {
      .all > dialog { inset: 0; width: 100%; max-width: none; height: 100vh; height: 100dvh; border: 0; border-radius: 0; padding-bottom: env(safe-area-inset-bottom); }
    }
    @media (prefers-reduced-motion: reduce) { .wait { animation-duration: 6s; } }
    @media (forced-colors: active) { .bubble { border: 2px solid ButtonText; } }
    @media print { :host { display: none !important; } }
  `;

  const script = document.currentScript ?? document.querySelector('script[src*="/widget.js"]');
  if (!script) return;
  const home = new URL(script.src);
  const { question = "", title = "Rolewise", label = "Ask about job roles", close: closing = "Close", leave = "Open in a new tab" } = script.dataset;
  const theme = chosen("theme");
  const position = chosen("position");

  function chosen(name) {
    const [usual, ...others] = CHOICES[name];
    const value = script.dataset[name] ?? usual;
    if (value === usual || others.includes(value)) return value;
    console.warn(`Rolewise: data-${name}="${value}" is not known. Use one of: ${CHOICES[name].join(", ")}.`);
    return usual;
  }

  /** The colour that the page asks for, as three numbers from 0 to 255; nothing when it is none or cannot be read. */
  function ownColour() {
    const value = script.dataset.colour ?? script.dataset.color;
    if (value === undefined) return null;
    if (!/^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(value)) {
      console.warn(`Rolewise: data-colour="${value}" is no colour. Write it as #rgb or #rrggbb.`);
      return null;
    }
    const digits = value.length === 4 ? value.replace(/[0-9a-f]/gi, "$&$&") : value;
    return [1, 3, 5].map((place) => parseInt(digits.slice(place, place + 2), 16));
  }

  /** Whether white is easier to read than black on a colour. The better of the two has a contrast of 4.58 at least. */
  function wantsWhite(colour) {
    const [red, green, blue] = colour.map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    return 1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.05; // as WCAG defines contrast
  }

  function paint(all, colour) {
    const ends = wantsWhite(colour) ? ["#fff", "#000"] : ["#000", "#fff"];
    const values = { "--own": `rgb(${colour.join()})`, "--on": ends[0], "--off": ends[1] };
    for (const [name, value] of Object.entries(values)) all.style.setProperty(name, value);
    all.classList.add("painted");
  }

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  function icon(name, kind = "") {
    const space = "http://www.w3.org/2000/svg";
    const [drawn, path] = ["svg", "path"].map((tag) => document.createElementNS(space, tag));
    path.setAttribute("d", ICONS[name]);
    for (const [key, value] of [["viewBox", "0 0 24 24"], ["aria-hidden", "true"], ["class", kind]]) drawn.setAttribute(key, value);
    drawn.append(path);
    return drawn;
  }

  function named(name, attributes, words, ...children) {
    return element(name, { "aria-label": words, title: words, ...attributes }, ...children);
  }

  function chatAddress() {
    const address = new URL("embed", home);
    if (theme !== "auto") address.searchParams.set("theme", theme);
    if (question) address.searchParams.set("q", question);
    return address.href;
  }

  function start() {
    if (document.querySelector(NAME)) return; // however often the page includes the script
    const elsewhere = { href: new URL("./", home).href, target: "_blank", rel: "noopener" };
    const shut = named("button", { type: "button" }, closing, icon("close"));
    const bar = element("div", { class: "bar" }, element("h2", { class: "title" }, title), named("a", elsewhere, leave, icon("leave")), shut);
    const room = element("div", { class: "room" }, element("div", { class: "wait" }), element("a", { class: "elsewhere", ...elsewhere }, `${title} ↗`));
    const dialog = element("dialog", { id: "chat", "aria-label": title }, bar, room);
    const bubble = named("button", { type: "button", class: "bubble", "aria-haspopup": "dialog", "aria-expanded": "false", "aria-controls": "chat" }, label, icon("chat", "talk"), icon("close", "cross"));
    const all = element("div", { class: `all ${theme} ${position}` }, bubble, dialog);
    const colour = ownColour();
    if (colour) paint(all, colour);
    let frame = null;
    let ready = false;

    function tell(what) {
      frame.contentWindow.postMessage({ rolewise: what }, home.origin);
    }

    function makeFrame() {
      // The referrer tells the chat which page it is on; some pages forbid that for everything else.
      frame = element("iframe", { title, allow: "clipboard-write", referrerpolicy: "origin", src: chatAddress() });
      room.prepend(frame);
      setTimeout(() => {
        if (ready) return;
        all.classList.add("lost");
        console.warn(`Rolewise: no chat from ${home.origin}. Is ${location.origin} in its ROLEWISE_EMBED_ORIGINS?`);
      }, PATIENCE);
    }

    function focusChat() {
      frame.focus();
      tell("focus");
    }

    function show() {
      if (PHONE.matches) dialog.showModal();
      else dialog.show();
    }

    function open() {
      show();
      all.classList.add("open");
      bubble.setAttribute("aria-expanded", "true");
      if (!frame) makeFrame();
      if (ready) focusChat();
      else shut.focus();
    }

    function close() {
      dialog.close();
      all.classList.remove("open");
      bubble.setAttribute("aria-expanded", "false");
      bubble.focus();
    }

    bubble.addEventListener("click", () => (dialog.open ? close() : open()));
    shut.addEventListener("click", close);
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      close();
    });
    all.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !dialog.open) return;
      event.preventDefault();
      event.stopPropagation();
      close();
    });
    PHONE.addEventListener("change", () => {
      if (!dialog.open) return;
      dialog.close();
      show();
    });
    addEventListener("message", ({ source, origin, data }) => {
      if (!frame || source !== frame.contentWindow || origin !== home.origin) return;
      if (data?.rolewise === "close" && dialog.open) close();
      if (data?.rolewise === "ready") {
        const here = root.activeElement === shut; // else the reader has gone elsewhere meanwhile
        ready = true;
        all.classList.remove("lost");
        all.classList.add("ready");
        if (dialog.open && here) focusChat();
      }
    });

    const host = element(NAME, {});
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    root.append(all);
    document.documentElement.append(host); // beside the body: its children, grid and transforms stay as they are
  }

  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start, { once: true });
  else start();
})();
