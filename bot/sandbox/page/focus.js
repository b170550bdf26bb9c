// Brings the keyboard back to where it was when a redraw has taken the focused element away.

const FOCUSABLE = "button, a[href], input, textarea, [tabindex='0']";

/** Note the place of the focus before a redraw. */
export function rememberFocus() {
  const node = document.activeElement;
  const surface = node?.closest("[data-surface]");
  if (!surface) return null;
  return {
    node,
    surface: surface.dataset.surface,
    block: node.closest("[data-block-id]")?.dataset.blockId,
    action: node.closest("[data-action-id]")?.dataset.actionId,
    value: node.dataset.value,
    caret: caret(node),
  };
}

function caret(node) {
  // Only fields for plain text have a caret; the others answer null.
  return node.selectionStart === undefined ? null : [node.selectionStart, node.selectionEnd];
}

/**
 * After a redraw: focus the same element again, else the first button of the same surface, else
 * `otherwise`. Does nothing if the focus survived or went elsewhere on purpose.
 */
export function restoreFocus(place, otherwise) {
  if (!place || place.node.isConnected || document.activeElement !== document.body) return;
  const surface = document.querySelector(`[data-surface="${CSS.escape(place.surface)}"]`);
  const target = surface && (sameElement(surface, place) ?? firstButton(surface));
  if (!target) {
    otherwise.focus({ preventScroll: true });
    return;
  }
  target.focus({ preventScroll: true });
  // Fields for numbers and the like have no caret to put back.
  if (place.caret && place.caret[0] !== null) target.setSelectionRange?.(...place.caret);
}

function sameElement(surface, { block, action, value }) {
  if (block === undefined || action === undefined) return null;
  const path = `[data-block-id="${CSS.escape(block)}"] [data-action-id="${CSS.escape(action)}"]`;
  const element = surface.querySelector(path);
  if (!element || element.matches(FOCUSABLE)) return element;
  const part = `[data-value="${CSS.escape(value ?? "")}"]`;
  return element.querySelector(part) ?? element.querySelector(FOCUSABLE);
}

function firstButton(surface) {
  return surface.querySelector("button, a.button") ?? surface.querySelector(FOCUSABLE);
}
