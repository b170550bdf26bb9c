// The field in which a person writes messages and commands.

import { attribute, el, write } from "./dom.js";
import { Completion } from "./completion.js";
import { sign } from "./icons.js";

const TALLEST = 200;

export class Composer {
  #drafts = new Map();
  #sent = [];
  #recalled = 0;
  #place = "";
  #isEarly = false;

  constructor(node, app) {
    this.app = app;
    this.field = el("textarea", {
      id: "composer",
      rows: 1,
      autocomplete: "off",
      enterkeyhint: "send",
      "aria-autocomplete": "list",
      "aria-describedby": "composer-hint",
      on: {
        input: () => this.#changed(),
        keydown: (event) => this.#key(event),
        click: () => this.completion.update(),
        blur: () => this.completion.hide(),
      },
    });
    this.completion = new Completion(this.field, app);
    this.hint = el("div.composer-hint", { id: "composer-hint" });
    this.button = el(
      "button.send",
      { id: "send", type: "submit", "aria-label": "Send" },
      sign("send"),
    );
    this.form = el(
      "form.composer",
      { on: { submit: (event) => this.#submit(event) } },
      this.completion.node,
      el("div.composer-box", {}, this.field, this.button),
      this.hint,
    );
    node.append(this.form);
  }

  update(world, { user, channel }) {
    this.#switchDraft(`${user}/${channel}`);
    const { name, kind } = world.channels.get(channel);
    const label = `Message ${kind === "im" ? name : `#${name}`}`;
    attribute(this.field, "placeholder", label);
    attribute(this.field, "aria-label", label);
    this.#showHint();
    if (this.#isEarly) this.form.requestSubmit();
  }

  /** Write `text` for the person, ready to be sent. */
  fill(text) {
    this.field.value = text;
    this.field.focus();
    this.#changed();
  }

  focus() {
    this.field.focus({ preventScroll: true });
  }

  #switchDraft(place) {
    if (place === this.#place) return;
    // What was typed before the page knew its people belongs to the first place.
    const early = this.#place ? "" : this.field.value;
    if (this.#place) this.#drafts.set(this.#place, this.field.value);
    this.#place = place;
    this.field.value = this.#drafts.get(place) ?? early;
    this.#recalled = 0;
    this.#grow();
    if (document.activeElement === this.field) this.completion.update();
  }

  #changed() {
    this.#recalled = 0;
    this.#grow();
    this.completion.update();
    this.#showHint();
  }

  #grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, TALLEST)}px`;
    this.button.classList.toggle("ready", this.field.value.trim() !== "");
  }

  /** Below the field: how the command that stands in it goes on, else which keys do what. */
  #showHint() {
    const commands = this.app.world?.state.commands ?? [];
    const command = commands.find((one) => this.field.value.startsWith(`${one.command} `));
    const usage = command?.usage_hint ? `${command.command} ${command.usage_hint}` : "";
    this.hint.classList.toggle("usage", Boolean(usage));
    write(this.hint, usage || "Enter sends, Shift and Enter start a new line");
  }

  #key(event) {
    if (event.isComposing || this.completion.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.form.requestSubmit();
    } else if (event.key === "ArrowUp" || event.key === "ArrowDown") this.#recall(event);
  }

  /** Walk through what was sent, newest first, as long as nothing else is written. */
  #recall(event) {
    if (this.field.value && !this.#recalled) return;
    const step = event.key === "ArrowUp" ? 1 : -1;
    const wanted = this.#recalled + step;
    if (wanted < 0 || wanted > this.#sent.length) return;
    event.preventDefault();
    this.field.value = wanted ? this.#sent.at(-wanted) : "";
    this.#grow();
    this.#showHint();
    this.#recalled = wanted;
  }

  async #submit(event) {
    event.preventDefault();
    const text = this.field.value.trim();
    if (!text) return;
    this.#isEarly = !this.#place;
    if (this.#isEarly) return;
    const place = this.#place;
    if (this.#sent.at(-1) !== text) this.#sent.push(text);
    this.field.value = "";
    this.#changed();
    this.field.focus();
    if (await this.app.say(text)) return;
    // Nothing that was typed may get lost, unless something new has been written meanwhile.
    if (place !== this.#place) this.#drafts.set(place, this.#drafts.get(place) || text);
    else if (!this.field.value) {
      this.field.value = text;
      this.#grow();
      this.#showHint();
    }
  }
}
