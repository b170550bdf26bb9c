// The bot's clock in the header: shows what time it is for the bot, and moves it on.

import { attribute, el, write } from "./dom.js";
import { dayAndTime } from "./dates.js";
import { sign } from "./icons.js";
import { hangMenu } from "./menu.js";
import { plainOption } from "./option-source.js";

const TICK = 1_000;
const MOVES = [
  ["next", "Next posting moment"],
  ["hour", "+1 hour"],
  ["day", "+1 day"],
];

export class Clock {
  /** The time that was left by a move, until the new one has been said. */
  #left = null;
  #world = null;

  constructor(app) {
    this.app = app;
    this.face = el("span.clock-face");
    this.button = el(
      "button.clock",
      { id: "clock", type: "button", title: "The bot's clock. It only moves forward." },
      sign("clock"),
      this.face,
      sign("down"),
    );
    this.status = el("span.unseen", { role: "status" });
    this.node = el("div.clock-place", { hidden: true }, this.button, this.status);
    hangMenu(this.button, {
      world: null,
      label: "Move the clock",
      options: () => MOVES.map(([move, label]) => plainOption(move, label)),
      pick: ({ value }) => this.#move(value),
    });
    setInterval(() => this.#tick(), TICK);
  }

  update(world) {
    this.#world = world;
    this.node.hidden = !world.state.clock;
    this.#tick();
  }

  async #move(move) {
    this.button.setAttribute("aria-busy", "true");
    this.status.textContent = "";
    this.#left = this.face.textContent;
    const went = await this.app.attempt(this.app.doings.moveClock(move));
    this.button.removeAttribute("aria-busy");
    if (!went) this.#left = null;
    this.#announce();
  }

  /** The answer to a move and the new time may come in either order: said when both are here. */
  #announce() {
    if (this.#left === null || this.#left === this.face.textContent) return;
    if (this.button.hasAttribute("aria-busy")) return;
    this.#left = null;
    this.status.textContent = `It is now ${this.face.textContent} for the bot.`;
  }

  #tick() {
    if (!this.#world?.state.clock) return;
    const text = dayAndTime(this.#world.now(), this.#world.zone);
    write(this.face, text);
    attribute(this.button, "aria-label", `Clock: ${text}. Press to move it on.`);
    this.#announce();
  }
}
