// The conversation: keeps its rows, its days, its place on the screen and what is read aloud.

import { arrange, attribute, el, write } from "./dom.js";
import { dayKey, dayName } from "./dates.js";
import { sign } from "./icons.js";
import { MessageRow, momentOf } from "./message.js";

const GROUP_SPAN = 5 * 60_000;
const NEAR_THE_END = 60;
const KEPT_ANNOUNCEMENTS = 6;

export class MessageList {
  #rows = new Map();
  #days = new Map();
  #channel = null;
  #sticks = true;
  #pressed = null;
  #changed = null;
  #held = false;

  constructor(node, app, announcer) {
    Object.assign(this, { node, app, announcer });
    this.items = el("div.message-items");
    this.newer = el(
      "button.newer",
      { type: "button", hidden: true, on: { click: () => this.toEnd() } },
      sign("arrow"),
      "New messages",
    );
    this.empty = this.#emptyHint();
    node.append(this.empty, this.items);
    node.after(this.newer);
    node.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    node.addEventListener("keydown", (event) => this.#key(event));
    node.addEventListener("click", ({ target }) => {
      this.#pressed = target.closest(".message");
      this.#held = false;
    });
    // Pictures and redrawn blocks change heights after the drawing; the end should stay in sight.
    const observer = new ResizeObserver(() => this.#settle());
    observer.observe(this.items);
    observer.observe(node);
  }

  /** Forget the rows: another person sees another workspace. */
  reset() {
    this.#rows.clear();
    this.#days.clear();
    this.#channel = null;
  }

  update(world, channel) {
    const isNewPlace = channel !== this.#channel;
    if (isNewPlace) {
      this.reset();
      this.#channel = channel;
      this.#sticks = true;
    }
    const messages = world.messages(channel);
    attribute(this.node, "aria-label", `Messages in ${world.channelName(channel)}`);
    this.empty.hidden = messages.length > 0;
    this.#showHint(world, channel);
    arrange(this.items, this.#nodes(messages, world, isNewPlace));
    this.#prune(messages);
    this.#settle();
    this.#showOutcome();
  }

  /** Scroll to the newest message and stay there. */
  toEnd() {
    this.#sticks = true;
    this.#held = false;
    this.#settle();
  }

  #nodes(messages, world, isNewPlace) {
    const nodes = [];
    let before = null;
    for (const message of messages) {
      const day = dayKey(momentOf(message), world.zone);
      const isNewDay = !before || day !== dayKey(momentOf(before), world.zone);
      if (isNewDay) nodes.push(this.#day(day, dayName(momentOf(message), world.zone)));
      nodes.push(this.#row(message, !isNewDay && belongs(before, message), isNewPlace));
      before = message;
    }
    return nodes;
  }

  #row(message, grouped, isNewPlace) {
    const isNew = !this.#rows.has(message.ts);
    if (isNew) this.#rows.set(message.ts, new MessageRow(this.app, message));
    const row = this.#rows.get(message.ts);
    const says = row.update(message, grouped);
    const isMine = message.user === this.app.world.me;
    if (says && !isNewPlace && !isMine) this.#announce(message, row);
    const answersPress = this.#pressed && message.ephemeral;
    if (isNew && (isMine || answersPress) && !isNewPlace) this.#sticks = true;
    if (isNew && !isMine && !this.#sticks) this.newer.hidden = false;
    if (isNew) {
      this.#pressed = null;
      this.#held = false;
    } else if (says && row.node === this.#pressed) {
      this.#changed = row.node;
    }
    return row.node;
  }

  #day(key, name) {
    if (!this.#days.has(key)) {
      this.#days.set(key, el("div.day", { role: "separator" }, el("span.day-name")));
    }
    const node = this.#days.get(key);
    attribute(node, "aria-label", name);
    node.firstChild.textContent = name;
    return node;
  }

  #prune(messages) {
    const present = new Set(messages.map(({ ts }) => ts));
    for (const ts of this.#rows.keys()) if (!present.has(ts)) this.#rows.delete(ts);
  }

  /** Slack's screen readers get the text of a message, not what its blocks look like. */
  #announce(message, row) {
    const author = this.app.world.author(message.user).name;
    this.announcer.append(el("p", {}, `${author}: ${row.text || row.content.textContent}`));
    while (this.announcer.children.length > KEPT_ANNOUNCEMENTS) this.announcer.firstChild.remove();
  }

  #scrolled() {
    const left = this.node.scrollHeight - this.node.clientHeight - this.node.scrollTop;
    this.#sticks = left < NEAR_THE_END;
    if (this.#sticks) this.newer.hidden = true;
  }

  #settle() {
    if (!this.#sticks || this.#held) return;
    this.newer.hidden = true;
    this.node.scrollTop = this.node.scrollHeight;
  }

  /** What a press has changed is read from its head, however tall the message has become. */
  #showOutcome() {
    const row = this.#changed;
    this.#changed = null;
    if (!row || row !== this.#pressed) return;
    const hidden = this.node.getBoundingClientRect().top - row.getBoundingClientRect().top;
    if (hidden <= 0) return;
    this.#held = true;
    this.node.scrollTop -= hidden;
  }

  #key(event) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const isRow = event.target.matches(".message");
    if (!step || (event.target !== this.node && !isRow)) return;
    const rows = [...this.items.querySelectorAll(".message")];
    const index = isRow ? rows.indexOf(event.target) + step : rows.length - 1;
    if (!rows[index]) return;
    event.preventDefault();
    rows[index].focus();
    rows[index].scrollIntoView({ block: "nearest" });
  }

  #emptyHint() {
    this.hintTitle = el("h2");
    this.hintCommand = el("code");
    this.hintButton = el("button.button.primary", {
      type: "button",
      on: { click: () => this.app.composer.fill(this.hintCommand.textContent) },
    });
    this.hintClock = el(
      "p",
      { hidden: true },
      "The clock at the top leads to the question that the channel gets every working day.",
    );
    return el(
      "div.empty",
      { hidden: true },
      el("span.empty-mark", { "aria-hidden": "true" }, sign("quiz")),
      this.hintTitle,
      el("p", {}, "Type ", this.hintCommand, " to start. Only you see it until you share it."),
      this.hintButton,
      this.hintClock,
    );
  }

  #showHint(world, channel) {
    const { name, kind } = world.channels.get(channel);
    const { command } = world.state.commands[0];
    const isBot = kind === "im";
    write(this.hintTitle, isBot ? `Talk to ${name} here` : `This is the start of #${name}`);
    write(this.hintCommand, command);
    write(this.hintButton, `Write ${command} for me`);
    this.hintClock.hidden = isBot || !world.state.clock;
  }
}

/** Whether a message continues the one before it: same author, soon after, both for all eyes. */
function belongs(before, message) {
  return (
    before.user === message.user &&
    !before.ephemeral &&
    !message.ephemeral &&
    !message.thread_ts &&
    momentOf(message) - momentOf(before) < GROUP_SPAN
  );
}
