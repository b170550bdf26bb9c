// Keeps one place with blocks (message, modal, Home tab) drawn and in step with the server.

import { arrange } from "./dom.js";
import { drawBlock } from "./blocks.js";
import { confirmed } from "./dialog.js";
import { chosenIn, isEmpty, isStateful, stateOf } from "./values.js";

/** What an element may ask of the place that it stands in. */
class Slot {
  label = null;

  constructor(surface, block, error) {
    Object.assign(this, { surface, block, error, world: surface.app.world });
  }

  /** Whether a change goes to the bot at once. */
  get dispatches() {
    return this.block.type !== "input" || Boolean(this.block.dispatch_action);
  }

  state(element) {
    return this.surface.state(this.block, element);
  }

  keep(element, state) {
    this.surface.keep(this.block, element, state);
  }

  /** Take over a change, after asking if the element wants that; false if the person declined. */
  async report(element, state, node) {
    if (element.confirm && !(await confirmed(element.confirm, this.world))) return false;
    if (isStateful(element)) this.keep(element, state);
    const { app, source } = this.surface;
    if (this.dispatches) app.act(source, this.block.block_id, element.action_id, state, node);
    return true;
  }

  suggest(element, query) {
    const { app, source } = this.surface;
    return app.doings.suggest(source, this.block.block_id, element.action_id, query);
  }

  follow(address) {
    window.open(address, "_blank", "noopener,noreferrer");
  }

  /** What names the element for a screen reader: the label of its block, else its placeholder. */
  labelling(element) {
    const words = element.placeholder?.text ?? this.block.text?.text ?? "Choices";
    return this.label ?? { "aria-label": words };
  }
}

export class Surface {
  #drawn = [];
  #kept = new Map();
  #selection = {};

  /**
   * `key` names the surface for the focus memory; `source` is how the server knows it. A surface
   * that `remembers` holds what was entered until it is submitted; the server holds the rest.
   */
  constructor(node, app, { key, source, remembers = false }) {
    Object.assign(this, { node, app, source, remembers });
    node.dataset.surface = key;
  }

  /** Draw the blocks that changed and leave all others alone, with their focus and open lists. */
  update(blocks, { selection = {}, errors = {} } = {}) {
    this.#selection = selection;
    const old = new Map();
    for (const entry of this.#drawn) {
      old.set(entry.signature, [...(old.get(entry.signature) ?? []), entry]);
    }
    this.#drawn = blocks.map((block) => {
      const error = errors[block.block_id];
      const signature = JSON.stringify([block, error]);
      const same = old.get(signature)?.shift();
      return same ?? { signature, block, node: drawBlock(block, new Slot(this, block, error)) };
    });
    arrange(this.node, this.#drawn.map((entry) => entry.node));
  }

  /** The element's state as the person sees it; undefined while nobody has touched it. */
  state(block, element) {
    const kept = this.#kept.get(JSON.stringify([block.block_id, element.action_id]));
    const sent = this.#selection[block.block_id]?.[element.action_id];
    const isText = block.type === "input";
    return this.remembers || isText ? (kept ?? sent) : sent;
  }

  keep(block, element, state) {
    this.#kept.set(JSON.stringify([block.block_id, element.action_id]), state);
  }

  #inputs() {
    return this.#drawn
      .map(({ block }) => block)
      .flatMap((block) => [block.element, block.accessory, ...(block.elements ?? [])]
        .filter((element) => element?.action_id && isStateful(element))
        .map((element) => [block, element]));
  }

  /** Everything that is filled in, by block and action, as a form submission carries it. */
  values() {
    const values = {};
    for (const [block, element] of this.#inputs()) {
      const chosen = chosenIn(element, this.state(block, element));
      values[block.block_id] ??= {};
      values[block.block_id][element.action_id] = stateOf(element, chosen);
    }
    return values;
  }

  /** What keeps the form from being sent: sentences by block, none if all is well. */
  problems() {
    const problems = {};
    for (const [block, element] of this.#inputs()) {
      if (block.type !== "input") continue;
      const problem = problemOf(block, element, chosenIn(element, this.state(block, element)));
      if (problem) problems[block.block_id] = problem;
    }
    return problems;
  }
}

function problemOf(block, element, chosen) {
  if (isEmpty(chosen)) return block.optional ? null : "Please fill this in, then send again.";
  const least = element.min_length ?? 0;
  if (typeof chosen === "string" && chosen.length < least) {
    return `Please write at least ${least} characters.`;
  }
  return null;
}
