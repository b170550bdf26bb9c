// Puts the page together: one state from the server in, one drawing out.

import { About } from "./about.js";
import { Banners } from "./banner.js";
import { Composer } from "./composer.js";
import { Connection } from "./connection.js";
import { Doings, failure } from "./doings.js";
import { Drawer } from "./drawer.js";
import { rememberFocus, restoreFocus } from "./focus.js";
import { Header } from "./header.js";
import { Home } from "./home.js";
import { DEFAULT_USER, keepPlace, placeInAddress, ReadMarks } from "./memory.js";
import { refreshAges } from "./mentions.js";
import { MessageList } from "./messages.js";
import { Modal } from "./modal.js";
import { closeOrphan } from "./popover.js";
import { Sidebar } from "./sidebar.js";
import { World } from "./world.js";

const LONGEST_BUSY = 3_000;
const AGE_REFRESH = 10_000;

const at = (id) => document.getElementById(id);

class App {
  world = null;
  #busy = new Set();
  #failed = null;
  #isLost = false;
  #wanted = "channel";
  #marks = new ReadMarks();

  constructor() {
    this.place = placeInAddress();
    this.doings = new Doings(this.place.user);
    this.sidebar = new Sidebar(at("sidebar"), this);
    this.header = new Header(at("header"), this);
    this.drawer = new Drawer({
      sidebar: at("sidebar"),
      shade: at("shade"),
      main: at("main"),
      opener: this.header.menu,
    });
    this.banners = new Banners(at("banners"), {
      onClear: () => this.clearNotice(),
      onRetry: () => this.connection.retry(),
    });
    this.messages = new MessageList(at("messages"), this, at("announcer"));
    this.home = new Home(at("home"), this);
    this.about = new About(at("about"));
    this.composer = new Composer(at("footer"), this);
    this.modal = new Modal(this);
    this.connection = new Connection({
      onState: (state) => this.receive(state),
      onLost: () => this.#lost(),
      onBack: () => this.#back(),
    });
    this.connection.open(this.place.user);
    setInterval(() => this.world && refreshAges(at("main"), this.world), AGE_REFRESH);
  }

  #lost() {
    this.#isLost = true;
    this.banners.connection(true);
    // An address with a person whom this workspace does not know would never get an answer.
    if (!this.world) this.connection.user = DEFAULT_USER;
  }

  #back() {
    if (!this.#isLost) return;
    this.#isLost = false;
    this.#failed = null;
    this.banners.connection(false);
  }

  receive(state) {
    const isFirst = state.me !== this.world?.me;
    this.world = new World(state);
    this.place.user = state.me;
    this.doings.user = state.me;
    if (!this.world.channels.has(this.place.channel)) {
      const same = state.channels.find(({ kind }) => kind === this.#wanted);
      this.place.channel = (same ?? state.channels[0]).id;
    }
    if (isFirst) this.#begin();
    for (const node of [...this.#busy]) this.#idle(node);
    this.render();
  }

  /** A new pair of eyes: nothing drawn for the ones before may stay. */
  #begin() {
    this.messages.reset();
    this.home.reset();
    if (this.#page() === "home") this.attempt(this.doings.openHome());
    if (document.activeElement === document.body && matchMedia("(min-width: 720px)").matches) {
      this.composer.focus();
    }
  }

  /** What the middle shows: messages, or another tab of the bot's own place. */
  #page() {
    const isBot = this.world.channels.get(this.place.channel).kind === "im";
    return isBot ? this.place.tab : "messages";
  }

  render() {
    const { world, place } = this;
    const focus = rememberFocus();
    const page = this.#page();
    const isTalk = page === "messages";
    keepPlace({ ...place, tab: page });
    if (isTalk) this.#marks.read(world.me, place.channel, world.messages(place.channel));
    this.sidebar.update(world, place, this.#marks);
    this.header.update(world, place);
    for (const name of ["home", "about", "messages"]) at(name).hidden = name !== page;
    at("footer").hidden = !isTalk;
    if (isTalk) this.messages.update(world, place.channel);
    else this[page].update(world);
    refreshAges(at("main"), world);
    this.composer.update(world, place);
    this.modal.update(world);
    this.banners.show(this.#failed ?? world.state.notice);
    closeOrphan();
    restoreFocus(focus, this.#haven());
    document.title = `${world.channelName(place.channel)} · ${world.state.team.name}`;
  }

  /** Where the focus goes when everything around it has gone. */
  #haven() {
    if (this.modal.node.open) return this.modal.cancel;
    if (this.#page() === "messages") return this.composer.field;
    return this.header.tabs.querySelector("[aria-selected='true']");
  }

  openChannel(id) {
    const isBot = this.world.channels.get(id).kind === "im";
    const isOther = id !== this.place.channel;
    this.place.channel = id;
    this.drawer.close();
    if (isBot && isOther) this.#tellOpened();
    this.render();
    if (this.#page() === "messages") this.composer.focus();
  }

  openTab(tab) {
    this.place.tab = tab;
    this.#tellOpened();
    this.render();
  }

  #tellOpened() {
    if (this.place.tab === "home") this.attempt(this.doings.openHome());
    if (this.place.tab === "messages") this.attempt(this.doings.openMessages());
  }

  switchPerson(id) {
    if (id === this.place.user) return;
    const { kind } = this.world.channels.get(this.place.channel);
    // Each person has a conversation of their own with the bot, under an id of its own.
    this.#wanted = kind;
    this.place = { ...this.place, user: id };
    this.#failed = null;
    this.drawer.close();
    this.connection.open(id);
  }

  /** Send what an element of a message or view reports, and show at once that it is on its way. */
  act(source, block, action, state, node) {
    this.#markBusy(node);
    this.attempt(this.doings.act(source, block, action, state), node);
  }

  async say(text) {
    this.messages.toEnd();
    return this.attempt(this.doings.say(this.place.channel, text));
  }

  dismiss(channel, ts) {
    this.attempt(this.doings.dismiss(channel, ts));
  }

  clearNotice() {
    this.#failed = null;
    if (this.world?.state.notice) this.attempt(this.doings.clearNotice());
    this.render();
    this.#haven().focus();
  }

  /** Wait for a doing and show why it failed; answers whether it went well. */
  async attempt(doing, node = null) {
    const answer = await doing;
    this.#failed = answer.ok ? null : { kind: "error", text: failure(answer) };
    if (!answer.ok && node) this.#idle(node);
    if (this.world) this.banners.show(this.#failed ?? this.world.state.notice);
    return answer.ok;
  }

  #markBusy(node) {
    node.setAttribute("aria-busy", "true");
    this.#busy.add(node);
    setTimeout(() => this.#idle(node), LONGEST_BUSY);
  }

  #idle(node) {
    node.removeAttribute("aria-busy");
    this.#busy.delete(node);
  }
}

new App();
