// The About tab of the bot: what it is, and the words that it understands.

import { el } from "./dom.js";
import { sign } from "./icons.js";

export class About {
  constructor(node) {
    this.node = node;
    this.name = el("h2");
    this.words = el("p");
    this.commands = el("dl.about-commands");
    node.append(
      el(
        "div.about",
        {},
        el("span.empty-mark", { "aria-hidden": "true" }, sign("quiz")),
        this.name,
        this.words,
        this.commands,
      ),
    );
  }

  update(world) {
    this.name.textContent = world.bot.name;
    this.words.textContent =
      `${world.bot.name} runs on this computer, beside a small workspace of its own. ` +
      "Nothing that happens here reaches Slack.";
    this.commands.replaceChildren(
      ...world.state.commands.flatMap(({ command, usage_hint: hint, description }) => [
        el("dt", {}, el("code", {}, `${command} ${hint ?? ""}`.trim())),
        el("dd", {}, description),
      ]),
    );
  }
}
