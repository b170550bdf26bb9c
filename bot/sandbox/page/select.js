// Draws every select menu: one or several choices, listed here or asked from the bot as one types.

import { attribute, el, freshId } from "./dom.js";
import { sign } from "./icons.js";
import { Listbox } from "./listbox.js";
import { hangMenu } from "./menu.js";
import { textObject } from "./mrkdwn.js";
import { asOptions, isRemote, neededLength, optionSource, plainOption } from "./option-source.js";
import { openPopover } from "./popover.js";
import { chosenIn, isMultiple, stateOf } from "./values.js";

const TYPING_PAUSE = 150;

class Select {
  #popover = null;
  #asked = 0;
  #timer = 0;

  constructor(element, slot) {
    this.element = element;
    this.slot = slot;
    this.multiple = isMultiple(element);
    this.holdsIds = /(users|channels|conversations)_select$/.test(element.type);
    this.options = asOptions(element, chosenIn(element, slot.state(element)), slot.world);
    this.source = optionSource(element, slot);
    this.value = el("span.select-value");
    this.node = el(
      "button.select",
      {
        type: "button",
        role: "combobox",
        "aria-haspopup": "listbox",
        "aria-expanded": false,
        data: { actionId: element.action_id },
        ...slot.labelling(element),
        on: { click: () => this.toggle(), keydown: (event) => this.#triggerKey(event) },
      },
      this.value,
      sign("down"),
    );
    this.#show();
  }

  toggle(query = "") {
    if (this.#popover) this.#popover.close();
    else this.#open(query);
  }

  #open(query) {
    const label = this.element.placeholder?.text ?? "Options";
    this.search = el("input.select-search", {
      type: "text",
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      value: query,
      placeholder: "Type to search",
      "aria-label": `Search: ${label}`,
      "aria-expanded": true,
      "aria-autocomplete": "list",
      on: {
        input: () => this.#refreshSoon(),
        keydown: (event) => this.#searchKey(event),
        blur: () => this.#popover?.close(),
      },
    });
    this.listbox = new Listbox({
      owner: this.search,
      world: this.slot.world,
      label,
      multiple: this.multiple,
      pick: (option) => this.#pick(option),
      isChosen: (option) => this.options.some((one) => one.value === option.value),
    });
    attribute(this.node, "aria-expanded", true);
    this.#popover = openPopover(this.node, [this.search, this.listbox.node], () => this.#closed());
    this.#refresh();
    this.search.focus({ preventScroll: true });
  }

  #closed() {
    const hadFocus = [document.body, this.search].includes(document.activeElement);
    this.#popover = null;
    this.#asked += 1;
    clearTimeout(this.#timer);
    attribute(this.node, "aria-expanded", false);
    if (hadFocus && this.node.isConnected) this.node.focus({ preventScroll: true });
  }

  #refreshSoon() {
    clearTimeout(this.#timer);
    if (isRemote(this.element)) this.#timer = setTimeout(() => this.#refresh(), TYPING_PAUSE);
    else this.#refresh();
  }

  async #refresh() {
    this.#asked += 1;
    const query = this.search.value.trim();
    const needed = neededLength(this.element);
    if ([...query].length < needed) {
      this.listbox.say(`Type at least ${needed} ${needed === 1 ? "letter" : "letters"}`);
    } else await this.#ask(query, this.#asked);
    this.#popover?.place();
  }

  /** Show what the source finds, unless a later question has overtaken this one. */
  async #ask(query, turn) {
    if (isRemote(this.element) && this.listbox.isEmpty) this.listbox.say("Loading…");
    const found = await Promise.resolve(this.source(query)).catch(() => null);
    if (turn !== this.#asked) return;
    if (found) this.listbox.show(found, query ? `Nothing for “${query}”` : "Nothing here");
    else this.listbox.say("Nothing came back. Change a letter to try again.");
  }

  #triggerKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || this.#popover) return;
    if (["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      this.toggle();
    } else if (event.key.length === 1 && event.key !== " ") {
      event.preventDefault();
      this.toggle(event.key);
    } else if (this.multiple && event.key === "Backspace" && this.options.length) {
      this.#choose(this.options.slice(0, -1));
    }
  }

  #searchKey(event) {
    if (event.key === "Escape" || event.key === "Tab") {
      // Escape must not reach the dialog below, which would close too.
      event.preventDefault();
      event.stopPropagation();
      this.#popover.close();
    } else this.listbox.key(event);
  }

  #pick(option) {
    if (!this.multiple) {
      this.#popover.close();
      this.#choose([option]);
      return;
    }
    const others = this.options.filter((one) => one.value !== option.value);
    const isNew = others.length === this.options.length;
    const most = this.element.max_selected_items ?? Infinity;
    if (isNew && others.length >= most) return;
    this.#choose(isNew ? [...others, option] : others);
  }

  async #choose(options) {
    const before = this.options;
    this.options = options;
    this.#show();
    const values = this.holdsIds ? options.map((one) => one.value) : options;
    const chosen = this.multiple ? values : (values[0] ?? null);
    if (await this.slot.report(this.element, stateOf(this.element, chosen), this.node)) return;
    this.options = before;
    this.#show();
  }

  #show() {
    const { world } = this.slot;
    const placeholder = this.element.placeholder ?? plainOption("", "Select an option").text;
    this.node.classList.toggle("is-empty", !this.options.length);
    const texts = this.options.map((option) =>
      el(this.multiple ? "span.chip" : "span", {}, textObject(option.text, world)),
    );
    this.value.replaceChildren(...(texts.length ? texts : [textObject(placeholder, world)]));
    if (this.#popover) {
      this.listbox.refresh();
      this.#popover.place();
    }
  }
}

/** Draw any of the select menus. */
export function select(element, slot) {
  return new Select(element, slot).node;
}

/** Draw the "more" button with its menu; options with an address open it as well. */
export function overflow(element, slot) {
  const label = "More actions";
  const node = el(
    "button.button.overflow",
    {
      id: freshId("overflow"),
      type: "button",
      "aria-label": label,
      data: { actionId: element.action_id },
    },
    sign("more"),
  );
  const pick = (option) => {
    if (option.url) slot.follow(option.url);
    slot.report(element, { type: "overflow", selected_option: option }, node);
  };
  hangMenu(node, { world: slot.world, label, options: () => element.options, pick });
  return node;
}
