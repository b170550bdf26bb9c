// Turns the sidebar into a drawer on a phone: opens over the conversation and gives way again.

import { attribute } from "./dom.js";

const PHONE = matchMedia("(max-width: 719px)");

export class Drawer {
  #isOpen = false;

  constructor({ sidebar, shade, main, opener }) {
    Object.assign(this, { sidebar, shade, main, opener });
    shade.addEventListener("click", () => this.close());
    sidebar.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
    PHONE.addEventListener("change", () => this.#apply());
    this.#apply();
  }

  toggle() {
    this.#isOpen = !this.#isOpen;
    this.#apply();
    if (this.#isOpen) this.sidebar.querySelector("[aria-current]")?.focus();
  }

  close() {
    if (!this.#isOpen) return;
    const hadFocus = this.sidebar.contains(document.activeElement);
    this.#isOpen = false;
    this.#apply();
    if (hadFocus && PHONE.matches) this.opener.focus();
  }

  #apply() {
    const covers = PHONE.matches && this.#isOpen;
    this.sidebar.inert = PHONE.matches && !this.#isOpen;
    this.sidebar.classList.toggle("open", covers);
    this.shade.hidden = !covers;
    this.main.inert = covers;
    attribute(this.opener, "aria-expanded", covers);
  }
}
