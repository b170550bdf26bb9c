// Offers commands after `/` and the bot's name after `@` while a message is written.

import { attribute, el } from "./dom.js";
import { Listbox } from "./listbox.js";

const NAME_PART = /(^|\s)@([\p{L}\p{N} ]*)$/u;

function offer(value, text, description) {
  const plain = (words) => ({ type: "plain_text", text: words, emoji: false });
  return { value, text: plain(text), description: description && plain(description) };
}

/** What could follow the text before the caret: a label and offers, or null. */
function offersFor(before, world) {
  if (/^\/\S*$/.test(before)) {
    const commands = world.state.commands.filter(({ command }) => command.startsWith(before));
    const offers = commands.map(({ command, usage_hint: hint, description }) =>
      offer(`${command} `, `${command} ${hint ?? ""}`.trim(), description));
    return { label: "Commands", offers, from: 0 };
  }
  const name = NAME_PART.exec(before);
  if (!name) return null;
  const full = world.bot.name;
  const fits = full.toLowerCase().startsWith(name[2].toLowerCase());
  const offers = fits ? [offer(`@${full} `, `@${full}`, "Ask the bot where all can see it")] : [];
  return { label: "Apps", offers, from: before.length - name[2].length - 1 };
}

export class Completion {
  #offered = null;
  #dismissed = null;

  constructor(field, app) {
    this.field = field;
    this.app = app;
    this.title = el("div.completion-title");
    this.list = new Listbox({
      owner: field,
      world: null,
      label: "Suggestions",
      pick: (option) => this.#pick(option),
    });
    this.node = el("div.completion", { hidden: true }, this.title, this.list.node);
  }

  get isOpen() {
    return !this.node.hidden;
  }

  /** Look again at what is written. */
  update() {
    const before = this.field.value.slice(0, this.field.selectionStart);
    if (before !== this.#dismissed) this.#dismissed = null;
    const { world } = this.app;
    const offered = world && this.#dismissed === null ? offersFor(before, world) : null;
    this.#offered = offered?.offers.length ? offered : null;
    this.node.hidden = !this.#offered;
    attribute(this.field, "aria-expanded", this.isOpen);
    if (!this.#offered) {
      attribute(this.field, "aria-activedescendant", null);
      return;
    }
    this.title.textContent = this.#offered.label;
    this.list.show([{ options: this.#offered.offers }]);
  }

  /** Away until the person comes back to the field. */
  hide() {
    this.node.hidden = true;
    attribute(this.field, "aria-expanded", false);
    attribute(this.field, "aria-activedescendant", null);
  }

  /** Away until something else is written. */
  close() {
    this.#dismissed = this.field.value.slice(0, this.field.selectionStart);
    this.update();
  }

  /** Answer whether the key belonged to the open list. Enter sends a command that is complete. */
  key(event) {
    if (!this.isOpen) return false;
    if (event.key === "Escape") {
      event.preventDefault();
      this.close();
      return true;
    }
    if (event.key === "Tab" && !event.shiftKey) {
      event.preventDefault();
      this.list.pickActive();
      return true;
    }
    const written = this.field.value.trim();
    const isComplete = this.#offered.offers.some(({ value }) => value.trim() === written);
    if (event.key === "Enter" && (event.shiftKey || isComplete)) return false;
    return this.list.key(event);
  }

  #pick(option) {
    const { value, selectionStart } = this.field;
    const start = value.slice(0, this.#offered.from) + option.value;
    this.field.value = start + value.slice(selectionStart);
    this.field.setSelectionRange(start.length, start.length);
    this.field.focus();
    this.field.dispatchEvent(new Event("input"));
  }
}
