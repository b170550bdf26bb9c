// Draws the `markdown` block: the everyday part of Markdown, line by line.

import { el, fragment, link, safeUrl } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { tableOf } from "./table.js";

const FENCE = /^\s*(`{3,}|~{3,})\s*([\w+#-]*)\s*$/;
const HEADING = /^(#{1,6})\s+(.*?)\s*#*$/;
const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;
const RULE = /^\s*([-*_])(?:\s*\1){2,}\s*$/;
const DELIMITER = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;

// Each kind of span: a pattern, and what it draws from the match.
const SPANS = [
  [/\\([\\`*_{}[\]()#+\-.!|~<>])/y, (hit) => hit[1]],
  [/(`+)(?!`)(.+?)(?<!`)\1(?!`)/y, (hit) => el("code", {}, hit[2].trim())],
  [/!\[([^\]]*)\]\(([^)\s]+)[^)]*\)/y, (hit) => link(hit[2], hit[1] || hit[2])],
  [/\[([^\]]+)\]\(([^)\s]+)[^)]*\)/y, (hit) => link(hit[2], ...spans(hit[1]))],
  [/<((?:https?|mailto):[^<>\s]+)>/y, (hit) => link(hit[1], hit[1])],
  [/(\*\*|__)(?=\S)(.+?\S?)\1/y, (hit) => el("b", {}, spans(hit[2]))],
  [/~~(?=\S)(.+?)~~/y, (hit) => el("s", {}, spans(hit[1]))],
  [/\*(?=\S)([^*]+?)\*/y, (hit) => el("i", {}, spans(hit[1]))],
  [/(?<![\p{L}\p{N}])_(?=\S)([^_]+?)_(?![\p{L}\p{N}])/uy, (hit) => el("i", {}, spans(hit[1]))],
  [/https?:\/\/[^\s<>|)]+/y, (hit) => (safeUrl(hit[0]) ? link(hit[0], hit[0]) : hit[0])],
];

function spanAt(text, at) {
  for (const [pattern, draw] of SPANS) {
    pattern.lastIndex = at;
    const hit = pattern.exec(text);
    if (hit) return [draw(hit), hit[0].length];
  }
  return null;
}

/** Draw one run of Markdown text. */
function spans(text) {
  const drawn = [];
  let start = 0;
  let at = 0;
  while (at < text.length) {
    const hit = /[\\`![<*_~h]/.test(text[at]) ? spanAt(text, at) : null;
    if (!hit) {
      at += 1;
      continue;
    }
    if (at > start) drawn.push(withEmoji(text.slice(start, at)));
    drawn.push(hit[0]);
    at += hit[1];
    start = at;
  }
  drawn.push(withEmoji(text.slice(start)));
  return drawn;
}

function takeWhile(lines, from, test) {
  let end = from;
  while (end < lines.length && test(lines[end])) end += 1;
  return lines.slice(from, end);
}

function fence(lines, at) {
  const open = FENCE.exec(lines[at]);
  if (!open) return null;
  const body = takeWhile(lines, at + 1, (line) => !line.trim().startsWith(open[1]));
  const label = open[2] ? `Code, ${open[2]}` : "Code";
  const code = el("pre.code-block", { tabindex: 0, "aria-label": label });
  code.append(body.join("\n"));
  return [code, body.length + 2];
}

function heading(lines, at) {
  const hit = HEADING.exec(lines[at]);
  if (!hit) return null;
  const attributes = { role: "heading", "aria-level": hit[1].length + 2 };
  return [el("p.md-heading", attributes, spans(hit[2])), 1];
}

function rule(lines, at) {
  return RULE.test(lines[at]) ? [el("hr"), 1] : null;
}

function quote(lines, at) {
  const body = takeWhile(lines, at, (line) => line.startsWith(">"));
  if (!body.length) return null;
  const inner = body.map((line) => line.replace(/^> ?/, "")).join("\n");
  return [el("blockquote", {}, markdown(inner)), body.length];
}

function task(text) {
  const hit = /^\[([ xX])\]\s+(.*)$/.exec(text);
  return hit ? [hit[1] === " " ? "☐ " : "☑ ", ...spans(hit[2])] : spans(text);
}

/** A run of items; deeper ones become a list inside the item before them. */
function list(lines, at) {
  const first = ITEM.exec(lines[at]);
  if (!first) return null;
  const depth = first[1].length;
  const ordered = /\d/.test(first[2]);
  const start = ordered ? Number.parseInt(first[2], 10) : null;
  const node = el(ordered ? "ol.rt-list" : "ul.rt-list", { start });
  let index = at;
  while (index < lines.length) {
    const hit = ITEM.exec(lines[index]);
    if (!hit || hit[1].length < depth) break;
    if (hit[1].length > depth + 1) {
      const [inner, length] = list(lines, index);
      node.lastElementChild.append(inner);
      index += length;
    } else {
      node.append(el("li", {}, task(hit[3])));
      index += 1;
    }
  }
  return [node, index - at];
}

function cells(line) {
  return line.trim().replace(/^\||\|$/g, "").split(/(?<!\\)\|/).map((cell) => cell.trim());
}

function alignment(mark) {
  if (!mark.endsWith(":")) return {};
  return { align: mark.startsWith(":") ? "center" : "right" };
}

function pipes(lines, at) {
  if (!lines[at].includes("|") || !DELIMITER.test(lines[at + 1] ?? "")) return null;
  const body = takeWhile(lines, at + 2, (line) => line.includes("|"));
  const drawn = (line) => cells(line).map((cell) => fragment(spans(cell)));
  const rows = [lines[at], ...body].map(drawn);
  return [tableOf(rows, cells(lines[at + 1]).map(alignment)), body.length + 2];
}

const KINDS = [fence, heading, rule, quote, list, pipes];

function kindAt(lines, at) {
  for (const kind of KINDS) {
    const hit = kind(lines, at);
    if (hit) return hit;
  }
  return null;
}

/** Draw a whole Markdown text. */
export function markdown(text) {
  const lines = text.split("\n");
  const drawn = [];
  let paragraph = [];
  const flush = () => {
    if (paragraph.length) drawn.push(el("p", {}, spans(paragraph.join("\n"))));
    paragraph = [];
  };
  for (let at = 0; at < lines.length; ) {
    const hit = lines[at].trim() ? kindAt(lines, at) : null;
    if (hit || !lines[at].trim()) flush();
    if (hit) drawn.push(hit[0]);
    else if (lines[at].trim()) paragraph.push(lines[at]);
    at += hit ? hit[1] : 1;
  }
  flush();
  return el("div.markdown", {}, drawn);
}
