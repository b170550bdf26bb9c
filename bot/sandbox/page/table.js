// Draws tables; wide ones scroll on their own, so that the page never does.

import { el } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { richText } from "./rich-text.js";

function cellContent(cell, world) {
  if (cell?.type === "rich_text") return richText(cell, world);
  return withEmoji(String(cell?.text ?? cell?.value ?? ""));
}

/**
 * A table from rows of drawn cells; the first row is its head.
 * @param {(Node|string)[][]} rows
 * @param {{align?: string, is_wrapped?: boolean}[]} columns
 */
export function tableOf(rows, columns) {
  const drawRow = (row, tag) =>
    el("tr", {}, row.map((content, index) => {
      const column = columns[index] ?? {};
      const align = ["center", "right"].includes(column.align) ? `.${column.align}` : "";
      const wrap = column.is_wrapped ? ".wrapped" : "";
      return el(`${tag}${align}${wrap}`, { scope: tag === "th" ? "col" : null }, content);
    }));
  const [head = [], ...body] = rows;
  return el(
    "div.table-scroll",
    { tabindex: 0, role: "region", "aria-label": "Table" },
    el(
      "table",
      {},
      el("thead", {}, drawRow(head, "th")),
      el("tbody", {}, body.map((row) => drawRow(row, "td"))),
    ),
  );
}

/** Draw a `table` block. */
export function table(block, world) {
  const rows = block.rows.map((row) => row.map((cell) => cellContent(cell, world)));
  return tableOf(rows, block.column_settings ?? []);
}
