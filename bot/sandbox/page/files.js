// Draws the files of a message: a card each, with the way to the file itself.

import { el } from "./dom.js";
import { sign } from "./icons.js";

const UNITS = ["bytes", "KB", "MB"];

function sizeWords(size) {
  if (size === 1) return "1 byte";
  const unit = size < 1_000 ? 0 : size < 1_000_000 ? 1 : 2;
  const number = size / 1_000 ** unit;
  return `${unit && number < 10 ? number.toFixed(1) : Math.round(number)} ${UNITS[unit]}`;
}

/** One file; its address is one of this server, so it needs no new tab. */
export function fileCard({ id, name, title, size, url }) {
  return el(
    "div.file-card",
    { data: { file: id } },
    el("span.file-mark", { "aria-hidden": "true" }, sign("file")),
    el(
      "span.file-words",
      {},
      el("span.file-name", {}, title || name),
      el("span.file-note", {}, title && title !== name ? `${name}, ` : "", sizeWords(size)),
    ),
    el("a.button", { href: url, download: name, "aria-label": `Download ${name}` }, "Download"),
  );
}
