// The line above a conversation: where one is, the bot's clock, and the tabs of the bot's place.

import { Clock } from "./clock.js";
import { attribute, el, write } from "./dom.js";
import { avatar, sign } from "./icons.js";

const TABS = [
  ["home", "Home"],
  ["messages", "Messages"],
  ["about", "About"],
];

export class Header {
  constructor(node, app) {
    this.mark = el("span.header-mark");
    this.title = el("h1.header-title");
    this.note = el("span.header-note");
    this.menu = el(
      "button.icon-button.menu",
      {
        id: "menu",
        type: "button",
        "aria-label": "Channels and people",
        "aria-controls": "sidebar",
        on: { click: () => app.drawer.toggle() },
      },
      sign("menu"),
    );
    const tab = ([name, label]) =>
      el(
        "button.tab",
        {
          type: "button",
          role: "tab",
          data: { tab: name },
          on: { click: () => app.openTab(name) },
        },
        label,
      );
    this.tabs = el(
      "div.tabs",
      {
        role: "tablist",
        "aria-label": "Pages of the app",
        on: { keydown: (event) => this.#key(event) },
      },
      TABS.map(tab),
    );
    this.clock = new Clock(app);
    const line = [this.menu, this.mark, this.title, this.note, this.clock.node];
    node.append(el("div.header-line", {}, line), this.tabs);
  }

  update(world, place) {
    const channel = world.channels.get(place.channel);
    const isBot = channel.kind === "im";
    if (this.shown !== channel.id) {
      this.mark.replaceChildren(isBot ? avatar(world.bot, true) : sign("hash"));
      this.shown = channel.id;
    }
    write(this.title, channel.name);
    write(this.note, isBot ? "App" : `${world.people.size} people and ${world.bot.name}`);
    this.clock.update(world);
    this.tabs.hidden = !isBot;
    for (const tab of this.tabs.children) {
      const isHere = tab.dataset.tab === place.tab;
      attribute(tab, "aria-selected", isHere);
      tab.tabIndex = isHere ? 0 : -1;
    }
  }

  #key(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const tabs = [...this.tabs.children];
    const here = tabs.findIndex((tab) => tab.tabIndex === 0);
    const other = tabs.at((here + step) % tabs.length);
    other.focus();
    other.click();
  }
}
