// Draws a list of options in groups and moves through it by keyboard; selects and menus share it.

import { attribute, el, freshId } from "./dom.js";
import { sign } from "./icons.js";
import { textObject } from "./mrkdwn.js";

/** A list whose options never take the focus: `owner` keeps it and points at the active one. */
export class Listbox {
  #options = [];
  #active = -1;

  constructor({ owner, world, label, multiple = false, pick, isChosen = () => false }) {
    Object.assign(this, { owner, world, pick, isChosen });
    this.node = el("div.listbox", {
      id: freshId("listbox"),
      role: "listbox",
      "aria-label": label,
      "aria-multiselectable": multiple,
    });
    attribute(owner, "aria-controls", this.node.id);
  }

  /** Draw groups of options; a group without a label is drawn without a head. */
  show(groups, empty = "No results") {
    this.#options = [];
    this.node.replaceChildren(...groups.map((group) => this.#group(group)));
    if (!this.#options.length) this.say(empty);
    const chosen = this.#options.findIndex(({ option }) => this.isChosen(option));
    this.#activate(this.#options.length ? Math.max(chosen, 0) : -1);
  }

  /** One line instead of options: "Loading…", "No results". */
  say(text) {
    this.#options = [];
    this.#activate(-1);
    this.node.replaceChildren(el("div.listbox-note", { role: "status" }, text));
  }

  get isEmpty() {
    return this.#options.length === 0;
  }

  /** Draw the marks of what is chosen again. */
  refresh() {
    for (const { node, option } of this.#options) {
      attribute(node, "aria-selected", this.isChosen(option));
    }
  }

  /** Answer whether the key was one for the list. */
  key(event) {
    const last = this.#options.length - 1;
    const steps = {
      ArrowDown: () => this.#activate(this.#active >= last ? 0 : this.#active + 1),
      ArrowUp: () => this.#activate(this.#active <= 0 ? last : this.#active - 1),
      PageDown: () => this.#activate(Math.min(last, this.#active + 8)),
      PageUp: () => this.#activate(Math.max(0, this.#active - 8)),
      Enter: () => this.pickActive(),
    };
    if (!steps[event.key] || event.isComposing) return false;
    event.preventDefault();
    steps[event.key]();
    return true;
  }

  pickActive() {
    const entry = this.#options[this.#active];
    if (entry) this.pick(entry.option);
  }

  #group({ label, options }) {
    const id = freshId("group");
    return el(
      "div.listbox-group",
      { role: "group", "aria-labelledby": label ? id : null },
      label && el("div.listbox-label", { id }, textObject(label, this.world)),
      options.map((option) => this.#option(option)),
    );
  }

  #option(option) {
    const index = this.#options.length;
    const { description } = option;
    const node = el(
      "div.option",
      {
        id: freshId("option"),
        role: "option",
        "aria-selected": this.isChosen(option),
        data: { value: option.value },
        on: {
          pointermove: () => this.#activate(index, false),
          // The owner must not lose the focus to a click.
          mousedown: (event) => event.preventDefault(),
          click: () => this.pick(option),
        },
      },
      el("span.option-check", {}, sign("check")),
      el(
        "span.option-text",
        {},
        textObject(option.text, this.world),
        description && el("span.option-description", {}, textObject(description, this.world)),
      ),
    );
    this.#options.push({ option, node });
    return node;
  }

  #activate(index, scroll = true) {
    this.#options[this.#active]?.node.classList.remove("active");
    this.#active = index;
    const entry = this.#options[index];
    attribute(this.owner, "aria-activedescendant", entry ? entry.node.id : null);
    entry?.node.classList.add("active");
    if (scroll) entry?.node.scrollIntoView({ block: "nearest" });
  }
}
