// Draws `rich_text`, the format in which a bot sends text that needs no escaping.

import { el, link } from "./dom.js";
import { emoji } from "./emoji.js";
import { broadcast, channelMention, groupMention, moment, userMention } from "./mentions.js";

const WRAPPERS = [
  ["code", "code"],
  ["bold", "b"],
  ["italic", "i"],
  ["strike", "s"],
  ["underline", "u"],
];
const NUMBERS = ["decimal", "lower-alpha", "lower-roman"];
const BULLETS = ["disc", "circle", "square"];

function styled(node, style = {}) {
  return WRAPPERS.reduce((inner, [name, tag]) => (style[name] ? el(tag, {}, inner) : inner), node);
}

function color(value) {
  const swatch = el("span.swatch");
  swatch.style.backgroundColor = value;
  return el("code", {}, swatch, value);
}

/** The characters of an emoji: by its name, else by its code points, else the name in colons. */
function emojiText({ name, unicode }) {
  const points = (unicode ?? "").split("-").map((point) => Number.parseInt(point, 16));
  const known = unicode && points.every(Number.isFinite);
  return emoji(name) ?? (known ? String.fromCodePoint(...points) : `:${name}:`);
}

const INLINE = {
  text: (item) => item.text,
  link: (item) => link(item.url, item.text || item.url),
  user: (item, world) => userMention(item.user_id, world),
  usergroup: (item) => groupMention(item.usergroup_id),
  channel: (item, world) => channelMention(item.channel_id, world),
  broadcast: (item) => broadcast(item.range),
  emoji: (item) => emojiText(item),
  date: (item, world) => moment(item.timestamp, item.format, item.fallback ?? "", world),
  color: (item) => color(item.value),
  team: (item) => groupMention(item.team_id),
};

function inline(items, world) {
  return items.map((item) => {
    const draw = INLINE[item.type];
    return draw ? styled(draw(item, world), item.style) : el("span.unknown", {}, `[${item.type}]`);
  });
}

function list(block, world) {
  const indent = block.indent ?? 0;
  const ordered = block.style === "ordered";
  const node = el(
    ordered ? "ol.rt-list" : "ul.rt-list",
    {
      start: ordered ? (block.offset ?? 0) + 1 : null,
      data: { border: block.border || undefined },
    },
    block.elements.map((item) => el("li", {}, inline(item.elements, world))),
  );
  node.style.listStyleType = (ordered ? NUMBERS : BULLETS)[indent % 3];
  node.style.marginInlineStart = `${indent * 1.75}em`;
  return node;
}

const PARTS = {
  rich_text_section: (part, world) => el("div.rt-section", {}, inline(part.elements, world)),
  rich_text_list: list,
  rich_text_quote: (part, world) => el("blockquote", {}, inline(part.elements, world)),
  rich_text_preformatted: (part, world) =>
    el("pre.code-block", { tabindex: 0, "aria-label": "Code" }, inline(part.elements, world)),
};

/** Draw the parts of a `rich_text` block one below the other. */
export function richText(block, world) {
  return el(
    "div.rich-text",
    {},
    block.elements.map((part) => {
      const draw = PARTS[part.type];
      return draw ? draw(part, world) : el("span.unknown", {}, `[${part.type}]`);
    }),
  );
}
