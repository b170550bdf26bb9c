// Draws every select menu: one or several choices, listed here or asked from the bot as one types.

import { attribute, el, freshId } from "./dom.js";
import { sign } from "./icons.js";
import { Listbox } from "./listbox.js";
import { textObject } from "./mrkdwn.js";
import { openPopover } from "./popover.js";
import { chosenIn, isMultiple, stateOf } from "./values.js";

const DEFAULT_QUERY_LENGTH = 3;
const TYPING_PAUSE = 150;

function plainOption(value, text) {
  return { value, text: { type: "plain_text", text } };
}

/** Where the options of an element come from: `(query) => Promise<groups> | groups`. */
function optionSource(element, slot) {
  const { world } = slot;
  if (element.type.endsWith("external_select")) return (query) => suggested(slot, element, query);
  if (element.type.endsWith("users_select")) {
    const people = [...world.people.values()].map(({ id, name }) => plainOption(id, name));
    return (query) => matching([{ options: people }], query);
  }
  if (/(channels|conversations)_select$/.test(element.type)) {
    const places = [...world.channels.values()].filter((place) => place.kind === "channel");
    return (query) => matching([{ options: places.map(({ id, name }) => plainOption(id, `#${name}`)) }], query);
  }
  const groups = element.option_groups ?? [{ options: element.options ?? [] }];
  return (query) => matching(groups, query);
}

function matching(groups, query) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ text }) => words.every((word) => text.text.toLowerCase().includes(word));
  return groups
    .map((group) => ({ ...group, options: group.options.filter(fits) }))
    .filter((group) => group.options.length);
}

async function suggested(slot, element, query) {
  const answer = await slot.suggest(element, query);
  if (!answer.ok) throw new Error(answer.error);
  return answer.option_groups ?? [{ options: answer.options ?? [] }];
}

/** Selects of people and places hold ids, the others whole options: both as options here. */
function asOptions(element, chosen, world) {
  const list = Array.isArray(chosen) ? chosen : [chosen].filter((one) => one !== null);
  return list.map((one) => {
    if (typeof one !== "string") return one;
    const isPerson = element.type.includes("users");
    return plainOption(one, isPerson ? world.userName(one) : `#${world.channelName(one)}`);
  });
}

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
    const hadFocus = document.activeElement === document.body || document.activeElement === this.search;
    this.#popover = null;
    this.#asked += 1;
    clearTimeout(this.#timer);
    attribute(this.node, "aria-expanded", false);
    if (hadFocus && this.node.isConnected) this.node.focus({ preventScroll: true });
  }

  #refreshSoon() {
    clearTimeout(this.#timer);
    const isRemote = this.element.type.endsWith("external_select");
    if (isRemote) this.#timer = setTimeout(() => this.#refresh(), TYPING_PAUSE);
    else this.#refresh();
  }

  async #refresh() {
    this.#asked += 1;
    const turn = this.#asked;
    const query = this.search.value.trim();
    const isRemote = this.element.type.endsWith("external_select");
    const needed = this.element.min_query_length ?? DEFAULT_QUERY_LENGTH;
    if (isRemote && [...query].length < needed) {
      this.listbox.say(`Type ${needed} ${needed === 1 ? "character" : "characters"} or more to search`);
      return;
    }
    if (isRemote && !this.listbox.node.querySelector(".option")) this.listbox.say("Loading…");
    try {
      const groups = await this.source(query);
      if (turn === this.#asked) this.listbox.show(groups, `No results${query ? ` for “${query}”` : ""}`);
    } catch {
      if (turn === this.#asked) this.listbox.say("The options did not load. Change a letter to try again.");
    }
    this.#popover?.place();
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
    const placeholder = this.element.placeholder ?? { type: "plain_text", text: "Select an option" };
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
  let popover = null;
  const node = el(
    "button.button.overflow",
    {
      type: "button",
      "aria-haspopup": "listbox",
      "aria-expanded": false,
      "aria-label": "More actions",
      data: { actionId: element.action_id },
      on: { click: open, keydown },
    },
    sign("more"),
  );
  const listbox = new Listbox({ owner: node, world: slot.world, label: "More actions", pick });

  function open() {
    if (popover) {
      popover.close();
      return;
    }
    popover = openPopover(node, listbox.node, () => {
      popover = null;
      attribute(node, "aria-expanded", false);
      attribute(node, "aria-activedescendant", null);
    });
    popover.node.dataset.narrow = "true";
    attribute(node, "aria-expanded", true);
    listbox.show([{ options: element.options }]);
    popover.place();
  }

  function keydown(event) {
    if (!popover) {
      if (event.key === "ArrowDown") {
        event.preventDefault();
        open();
      }
    } else if (event.key === "Escape" || event.key === "Tab") {
      if (event.key === "Escape") event.preventDefault();
      event.stopPropagation();
      popover.close();
    } else if (event.key === " ") {
      event.preventDefault();
      listbox.pickActive();
    } else listbox.key(event);
  }

  function pick(option) {
    popover.close();
    if (option.url) slot.follow(option.url);
    slot.report(element, { type: "overflow", selected_option: option }, node);
  }

  node.id = freshId("overflow");
  return node;
}
