// The Home tab of the bot: one surface that the bot publishes for each person.

import { el } from "./dom.js";
import { sign } from "./icons.js";
import { Surface } from "./surface.js";

export class Home {
  #surface = null;
  #view = null;

  constructor(node, app) {
    this.app = app;
    this.blocks = el("div.home-blocks");
    this.empty = el(
      "div.empty",
      {},
      el("span.empty-mark", { "aria-hidden": "true" }, sign("quiz")),
      el("h2", {}, "Nothing here yet"),
      el("p", {}, "The bot fills this page when you open it. Until then, talk to it under Messages."),
      el(
        "button.button",
        { type: "button", on: { click: () => app.openTab("messages") } },
        "Go to Messages",
      ),
    );
    node.append(this.empty, this.blocks);
  }

  /** Forget what was drawn for another person. */
  reset() {
    this.#surface = null;
    this.#view = null;
    this.blocks.replaceChildren();
  }

  update(world) {
    const view = world.state.home;
    this.empty.hidden = Boolean(view);
    if (!view) {
      this.reset();
      return;
    }
    if (view.id !== this.#view) {
      this.reset();
      this.#view = view.id;
      const source = { view: view.id };
      this.#surface = new Surface(this.blocks, this.app, { key: "home", source, remembers: true });
    }
    this.#surface.update(view.blocks);
  }
}
