// Draws the blocks of Block Kit; one function per kind of block, put together in one table.

import { el, freshId } from "./dom.js";
import { drawElement, notDrawn } from "./elements.js";
import { sign } from "./icons.js";
import { markdown } from "./markdown.js";
import { textObject } from "./mrkdwn.js";
import { richText } from "./rich-text.js";
import { table } from "./table.js";

function section(block, slot) {
  const text = (content) => el("div.text", {}, textObject(content, slot.world));
  return el(
    "div.section",
    {},
    el(
      "div.section-main",
      {},
      block.text && text(block.text),
      block.fields && el("div.fields", {}, block.fields.map(text)),
    ),
    block.accessory && el("div.accessory", {}, drawElement(block.accessory, slot)),
  );
}

function header(block, slot) {
  return el(
    "div.header-block",
    { role: "heading", "aria-level": 2 + (block.level ?? 1), data: { level: block.level } },
    textObject(block.text, slot.world),
  );
}

function context(block, slot) {
  const draw = (item) => {
    if (item.type === "image") return drawElement(item, slot);
    return el("span.text", {}, textObject(item, slot.world));
  };
  return el("div.context", {}, block.elements.map(draw));
}

function actions(block, slot) {
  return el("div.actions", {}, block.elements.map((element) => drawElement(element, slot)));
}

function image(block, slot) {
  return el(
    "figure.image",
    {},
    block.title && el("figcaption", {}, textObject(block.title, slot.world)),
    drawElement(block, slot),
  );
}

function input(block, slot) {
  const [labelId, helpId] = [freshId("label"), freshId("help")];
  slot.label = { "aria-labelledby": labelId, "aria-describedby": helpId };
  if (slot.error) slot.label["aria-invalid"] = "true";
  const element = drawElement(block.element, slot);
  // A click on the label should lead into the field, which groups of choices do not offer.
  if (!element.id) element.id = freshId("field");
  return el(
    "div.input",
    {},
    el(
      "label.input-label",
      { id: labelId, for: element.id },
      textObject(block.label, slot.world),
      block.optional && el("span.optional", {}, " (optional)"),
    ),
    element,
    el(
      "div.input-help",
      { id: helpId },
      slot.error && el("div.input-error", {}, sign("warn"), slot.error),
      block.hint && el("div.input-hint", {}, textObject(block.hint, slot.world)),
    ),
  );
}

const BLOCKS = {
  section,
  header,
  context,
  actions,
  image,
  input,
  divider: () => el("hr.divider"),
  rich_text: (block, slot) => richText(block, slot.world),
  table: (block, slot) => table(block, slot.world),
  markdown: (block) => markdown(block.text),
};

/** Draw one block. A block that breaks the drawing shows that instead of breaking the page. */
export function drawBlock(block, slot) {
  const draw = Object.hasOwn(BLOCKS, block.type) ? BLOCKS[block.type] : null;
  const node = el("div.block", { data: { blockId: block.block_id, type: block.type } });
  try {
    node.append(draw ? draw(block, slot) : notDrawn(block.type));
  } catch (error) {
    console.error("a block could not be drawn", block, error);
    node.append(notDrawn(block.type, "Its content is not what the page expects."));
  }
  return node;
}
