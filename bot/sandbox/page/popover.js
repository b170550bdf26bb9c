// Floats one list at a time beside its button, above everything, dialogs included.

import { el } from "./dom.js";

const GAP = 4;
const MARGIN = 8;
const LEAST_WIDTH = 260;
let current = null;

/**
 * Show `content` beside `anchor`; an earlier popover closes. `onClose` runs once, whatever closed
 * it. Returns what the owner needs: `place` after the content changed its size, and `close`.
 */
export function openPopover(anchor, content, onClose) {
  current?.close();
  // A node outside an open dialog would be out of reach, hence beside the anchor's own dialog.
  const node = el("div.popover", { popover: "manual" }, content);
  (anchor.closest("dialog") ?? document.body).append(node);
  node.showPopover();
  const popover = { node, anchor, place: () => place(node, anchor), close };
  const outside = ({ target }) => {
    if (!node.contains(target) && !anchor.contains(target)) close();
  };
  const moved = ({ target }) => {
    if (!node.contains(target)) place(node, anchor);
  };
  function close() {
    if (current !== popover) return;
    current = null;
    document.removeEventListener("pointerdown", outside, true);
    document.removeEventListener("scroll", moved, true);
    window.removeEventListener("resize", popover.place);
    node.remove();
    onClose();
  }
  document.addEventListener("pointerdown", outside, true);
  document.addEventListener("scroll", moved, true);
  window.addEventListener("resize", popover.place);
  current = popover;
  popover.place();
  return popover;
}

/** Close the open popover if a redraw took its button away. */
export function closeOrphan() {
  if (current && !current.anchor.isConnected) current.close();
}

function place(node, anchor) {
  const box = anchor.getBoundingClientRect();
  const least = node.dataset.narrow ? 0 : LEAST_WIDTH;
  const width = Math.min(Math.max(box.width, least), innerWidth - 2 * MARGIN);
  node.style.minWidth = `${width}px`;
  const below = innerHeight - box.bottom - GAP - MARGIN;
  const above = box.top - GAP - MARGIN;
  const upwards = below < Math.min(node.scrollHeight, 280) && above > below;
  node.style.maxHeight = `${Math.max(120, Math.min(360, upwards ? above : below))}px`;
  const height = node.offsetHeight;
  const left = Math.min(box.left, innerWidth - node.offsetWidth - MARGIN);
  node.style.left = `${Math.max(MARGIN, left)}px`;
  node.style.top = `${upwards ? box.top - GAP - height : box.bottom + GAP}px`;
}
