// Hangs a menu of options on a button: it opens below, and closes with the choice.

import { attribute } from "./dom.js";
import { Listbox } from "./listbox.js";
import { openPopover } from "./popover.js";

/** Make `node` open a menu; `options` gives what to offer now, `pick` gets the chosen one. */
export function hangMenu(node, { world, label, options, pick }) {
  let popover = null;
  const chosen = (option) => {
    popover.close();
    pick(option);
  };
  const listbox = new Listbox({ owner: node, world, label, pick: chosen });
  attribute(node, "aria-haspopup", "listbox");
  attribute(node, "aria-expanded", false);
  node.addEventListener("click", () => (popover ? popover.close() : open()));
  node.addEventListener("keydown", keydown);

  function open() {
    popover = openPopover(node, listbox.node, () => {
      popover = null;
      attribute(node, "aria-expanded", false);
      attribute(node, "aria-activedescendant", null);
    });
    popover.node.dataset.narrow = "true";
    attribute(node, "aria-expanded", true);
    listbox.show([{ options: options() }]);
    popover.place();
  }

  function keydown(event) {
    if (!popover) {
      if (event.key === "ArrowDown") {
        event.preventDefault();
        open();
      }
    } else if (event.key === "Escape" || event.key === "Tab") {
      if (event.key === "Escape") event.preventDefault();
      event.stopPropagation();
      popover.close();
    } else if (event.key === " ") {
      event.preventDefault();
      listbox.pickActive();
    } else listbox.key(event);
  }
}
