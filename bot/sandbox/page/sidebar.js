// The left side: where one can go, whose eyes one borrows, and how the page looks.

import { arrange, attribute, el, write } from "./dom.js";
import { avatar, sign } from "./icons.js";
import { clock } from "./dates.js";
import { keepTheme, nextTheme, theme } from "./memory.js";

const THEME_WORDS = { system: "Like my system", light: "Light", dark: "Dark" };

export class Sidebar {
  #buttons = new Map();

  constructor(node, app) {
    this.app = app;
    this.node = node;
    this.team = el("span.team-name");
    this.channels = el("ul.places");
    this.apps = el("ul.places");
    this.people = el("div.people", { role: "group", "aria-labelledby": "people-label" });
    this.theme = el("button.theme", {
      id: "theme",
      type: "button",
      on: { click: () => this.#switchTheme() },
    });
    node.append(
      el(
        "div.team",
        {},
        el("span.team-mark", { "aria-hidden": "true" }, sign("quiz")),
        el("span.team-words", {}, this.team, el("span.team-note", {}, "On this computer only")),
      ),
      el(
        "div.sidebar-scroll",
        {},
        el("h2.sidebar-label", { id: "channels-label" }, "Channels"),
        this.channels,
        el("h2.sidebar-label", {}, "Apps"),
        this.apps,
      ),
      el(
        "div.sidebar-foot",
        {},
        el("h2.sidebar-label", { id: "people-label" }, "You are"),
        this.people,
        this.theme,
      ),
    );
    this.#showTheme();
  }

  update(world, place, marks) {
    write(this.team, world.state.team.name);
    const channels = world.state.channels;
    const item = (channel) => this.#place(channel, world, place, marks);
    arrange(this.channels, channels.filter(({ kind }) => kind !== "im").map(item));
    arrange(this.apps, channels.filter(({ kind }) => kind === "im").map(item));
    arrange(this.people, world.state.people.map((person) => this.#person(person, world)));
  }

  #kept(key, make) {
    if (!this.#buttons.has(key)) this.#buttons.set(key, make());
    return this.#buttons.get(key);
  }

  #place(channel, world, place, marks) {
    const isBot = channel.kind === "im";
    const open = () => this.app.openChannel(channel.id);
    const node = this.#kept(channel.id, () =>
      el(
        "li",
        {},
        el(
          "button.place",
          { type: "button", data: { channel: channel.id }, on: { click: open } },
          isBot ? avatar(world.bot, true) : sign("hash"),
          el("span.place-name", {}, channel.name),
          el("span.dot", { "aria-hidden": "true" }),
        ),
      ));
    const button = node.firstElementChild;
    const isHere = channel.id === place.channel;
    const isUnread = !isHere && marks.hasUnread(world.me, channel.id, world.messages(channel.id));
    attribute(button, "aria-current", isHere && "page");
    button.classList.toggle("unread", isUnread);
    attribute(button, "aria-label", isUnread ? `${channel.name}, new messages` : channel.name);
    return node;
  }

  #person(person, world) {
    const become = () => this.app.switchPerson(person.id);
    const node = this.#kept(person.id, () =>
      el(
        "button.person",
        { type: "button", data: { person: person.id }, on: { click: become } },
        avatar(person, false),
        el("span.person-name", {}, person.name),
        el("span.person-time"),
      ));
    attribute(node, "aria-pressed", person.id === world.me);
    node.title = `${person.real_name ?? person.name}, ${person.tz}`;
    write(node.querySelector(".person-time"), clock(world.now(), person.tz));
    return node;
  }

  #switchTheme() {
    keepTheme(nextTheme());
    this.#showTheme();
  }

  #showTheme() {
    const name = theme();
    this.theme.replaceChildren(sign(name), el("span", {}, THEME_WORDS[name]));
    this.theme.setAttribute("aria-label", `Theme: ${THEME_WORDS[name]}. Press to change.`);
  }
}
