// Draws Slack's own text format, mrkdwn, with its rules about where a style may begin and end.

import { el, fragment, link, safeUrl } from "./dom.js";
import { emoji, withEmoji } from "./emoji.js";
import { broadcast, channelMention, groupMention, moment, userMention } from "./mentions.js";

const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };
const STYLES = { "*": "b", _: "i", "~": "s" };
const QUOTE = /^(?:&gt;|>) ?/;
const REST_QUOTE = /^(?:&gt;|>){3} ?/;
const TRAILING = /[.,;:!?'")\]]+$/;

export function unescape(text) {
  return text.replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity]);
}

/** Draw `text`; `verbatim` leaves bare addresses alone. */
export function mrkdwn(text, world, { verbatim = false } = {}) {
  const context = { world, verbatim };
  // The line feeds around a code block belong to it: it starts a line of its own anyway.
  const pieces = text.split(/\n?```([\s\S]*?)```\n?/);
  return fragment(
    pieces.map((piece, index) => (index % 2 ? codeBlock(piece, context) : lines(piece, context))),
  );
}

/** Draw a text object of Block Kit, whichever of its two types it has. */
export function textObject(text, world) {
  if (!text) return null;
  if (text.type === "mrkdwn") return mrkdwn(text.text, world, { verbatim: text.verbatim });
  return fragment(text.emoji === false ? text.text : withEmoji(text.text));
}

function codeBlock(text, context) {
  return el("pre.code-block", {}, literal(text.replace(/^\n/, "").replace(/\n$/, ""), context));
}

/** Text in which only links and entities mean something. */
function literal(text, context) {
  const pieces = text.split(/<([^<>\n]+)>/);
  return pieces.map((piece, index) => (index % 2 ? angled(piece, context) : unescape(piece)));
}

function lines(text, context) {
  const drawn = [];
  let plain = [];
  let quoted = [];
  const flush = () => {
    if (quoted.length) drawn.push(el("blockquote", {}, inline(quoted.join("\n"), context)));
    if (plain.length) drawn.push(fragment(inline(plain.join("\n"), context)));
    quoted = [];
    plain = [];
  };
  const all = text.split("\n");
  for (const [index, line] of all.entries()) {
    if (REST_QUOTE.test(line)) {
      flush();
      quoted = [line.replace(REST_QUOTE, ""), ...all.slice(index + 1)];
      break;
    }
    const isQuote = QUOTE.test(line);
    if (isQuote ? plain.length : quoted.length) flush();
    if (isQuote) quoted.push(line.replace(QUOTE, ""));
    else plain.push(line);
  }
  flush();
  return drawn;
}

/** Draw one run of text; each rule looks at the place and answers [node, length] or nothing. */
function inline(text, context) {
  const drawn = [];
  let start = 0;
  let at = 0;
  while (at < text.length) {
    const hit = RULES[text[at]]?.(text, at, context);
    if (!hit) {
      at += 1;
      continue;
    }
    if (at > start) drawn.push(unescape(text.slice(start, at)));
    drawn.push(hit[0]);
    at += hit[1];
    start = at;
  }
  if (start < text.length) drawn.push(unescape(text.slice(start)));
  return drawn;
}

const RULES = {
  "*": styled,
  _: styled,
  "~": styled,
  "`": code,
  "<": angle,
  ":": shortcode,
  h: bare,
};

function matchAt(pattern, text, at) {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function isWord(letter) {
  return letter !== undefined && /[\p{L}\p{N}]/u.test(letter);
}

function styled(text, at, context) {
  const mark = text[at];
  const next = text[at + 1] ?? " ";
  if (isWord(text[at - 1]) || /\s/.test(next) || next === mark) return null;
  for (let end = at + 2; end < text.length && text[end] !== "\n"; end += 1) {
    if (text[end] === "`") end = skipCode(text, end);
    if (text[end] !== mark || isWord(text[end + 1]) || /\s/.test(text[end - 1])) continue;
    return [el(STYLES[mark], {}, inline(text.slice(at + 1, end), context)), end + 1 - at];
  }
  return null;
}

/** A style never ends inside code: continue behind it, if it is code. */
function skipCode(text, at) {
  const hit = matchAt(/`[^`\n]+`/y, text, at);
  return hit ? at + hit[0].length : at;
}

function code(text, at, context) {
  const hit = matchAt(/`([^`\n]+)`/y, text, at);
  return hit && [el("code", {}, literal(hit[1], context)), hit[0].length];
}

function shortcode(text, at) {
  const hit = matchAt(/:([a-z0-9_+'-]+(?:::skin-tone-\d)?):/y, text, at);
  const sign = hit && emoji(hit[1]);
  return sign ? [sign, hit[0].length] : null;
}

function bare(text, at, { verbatim }) {
  if (verbatim || isWord(text[at - 1])) return null;
  const hit = matchAt(/https?:\/\/[^\s<>|]+/y, text, at);
  if (!hit) return null;
  const address = hit[0].replace(TRAILING, "");
  return [link(unescape(address), unescape(address)), address.length];
}

function angle(text, at, context) {
  const hit = matchAt(/<([^<>\n]+)>/y, text, at);
  return hit && [angled(hit[1], context), hit[0].length];
}

/** What stands between `<` and `>`; anything that Slack would not know stays as written. */
function angled(inner, context) {
  const bar = inner.indexOf("|");
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? "" : inner.slice(bar + 1);
  const { world } = context;
  if (target.startsWith("@")) return userMention(target.slice(1), world);
  if (target.startsWith("#")) return channelMention(target.slice(1), world);
  if (target.startsWith("!")) return special(target.slice(1), label, world);
  const address = unescape(target);
  if (!safeUrl(address)) return `<${unescape(inner)}>`;
  return link(address, withEmoji(unescape(label)) || address.replace(/^mailto:/, ""));
}

function special(command, label, world) {
  if (command.startsWith("date^")) {
    const [, unix, format, address] = command.split("^");
    const drawn = moment(Number(unix), unescape(format ?? ""), unescape(label), world);
    return address ? link(unescape(address), drawn) : drawn;
  }
  if (command.startsWith("subteam^")) return groupMention(label || command.slice(8));
  if (["here", "channel", "everyone"].includes(command)) return broadcast(command);
  return unescape(label) || `<!${unescape(command)}>`;
}
