// One message of the conversation: who, when, for whose eyes, and its blocks.

import { attribute, el } from "./dom.js";
import { clock, formatDate } from "./dates.js";
import { fileCard } from "./files.js";
import { avatar, sign } from "./icons.js";
import { mrkdwn } from "./mrkdwn.js";
import { Surface } from "./surface.js";

/** The blocks of a message; a plain text is one section. */
function blocksOf(message, world) {
  if (message.blocks?.length) return message.blocks;
  if (!message.text && message.files) return [];
  const isBot = world.isBot(message.user);
  // People write the bot's name as they see it; the page shows it as the mention it is.
  const mention = `<@${world.bot.id}>`;
  const text = isBot ? message.text : message.text.replaceAll(`@${world.bot.name}`, mention);
  return [{ type: "section", text: { type: "mrkdwn", text } }];
}

/** Moment of a message in milliseconds. */
export function momentOf(message) {
  return Number.parseFloat(message.ts) * 1000;
}

export class MessageRow {
  #head = "";

  constructor(app, message) {
    this.app = app;
    this.gutter = el("div.gutter");
    this.head = el("div.head");
    this.content = el("div.content");
    this.foot = el("div.foot");
    this.node = el(
      "div.message",
      { role: "article", tabindex: -1, data: { ts: message.ts } },
      this.gutter,
      el("div.message-body", {}, this.head, this.content, this.foot),
    );
    this.surface = new Surface(this.content, app, {
      key: `${message.channel}/${message.ts}`,
      source: { channel: message.channel, ts: message.ts },
    });
  }

  /** Draw what changed. Answers whether the words of a shown message are new. */
  update(message, grouped) {
    const { world } = this.app;
    const before = this.text;
    this.text = this.#plainText(message, world);
    this.#updateHead(message, grouped, world);
    this.surface.update(blocksOf(message, world), { selection: message.selection });
    return before !== this.text;
  }

  #plainText(message, world) {
    const text = el("div", {}, mrkdwn(message.text ?? "", world)).textContent;
    const names = (message.files ?? []).map(({ name }) => `File: ${name}`);
    return [text.trim(), ...names].filter(Boolean).join(" ");
  }

  #updateHead(message, grouped, world) {
    const { user, ephemeral, edited, thread_ts: thread, files } = message;
    const author = world.author(user);
    const time = clock(momentOf(message), world.zone);
    const whose = ephemeral ? ", only visible to you" : "";
    attribute(this.node, "aria-label", `${author.name}, ${time}${whose}: ${this.text}`);
    const head = JSON.stringify([user, ephemeral, edited, thread, files, grouped]);
    if (head === this.#head) return;
    this.#head = head;
    const title = formatDate(Number(message.ts), "{date_long} {time_secs}", world.zone);
    const stamp = el("time.stamp", { title }, time);
    this.node.classList.toggle("grouped", grouped);
    this.node.classList.toggle("ephemeral", Boolean(ephemeral));
    this.gutter.replaceChildren(grouped ? stamp : avatar(author, world.isBot(user)));
    this.head.replaceChildren(...this.#headline(message, grouped, author, stamp));
    this.foot.replaceChildren(...this.#footline(message));
  }

  #headline({ user, ephemeral, thread_ts: thread }, grouped, author, stamp) {
    if (grouped) return [];
    const line = el("div.byline", {}, el("span.author", {}, author.name));
    if (this.app.world.isBot(user)) line.append(el("span.app-tag", {}, "APP"));
    line.append(stamp);
    return [
      ephemeral ? el("div.only-you", {}, sign("eye"), "Only visible to you") : null,
      thread ? el("div.only-you", {}, "Replied in a thread") : null,
      line,
    ].filter(Boolean);
  }

  #footline({ channel, ts, ephemeral, edited, files = [] }) {
    const on = { click: () => this.app.dismiss(channel, ts) };
    const dismiss = el("button.link-button.dismiss", { type: "button", on }, "Dismiss message");
    const marks = [edited && el("span.edited", {}, "(edited)"), ephemeral && dismiss];
    return [...files.map(fileCard), ...marks].filter(Boolean);
  }
}
