// Asks "are you sure?" in a dialog above everything, for elements that carry a confirmation.

import { el, freshId } from "./dom.js";
import { textObject } from "./mrkdwn.js";

function answer(look, value, autofocus, text) {
  return el(`button.button${look}`, { value, autofocus }, text);
}

/** Show the confirmation and answer whether the person agreed; Escape is a no. */
export function confirmed(confirm, world) {
  const [titleId, textId] = [freshId("title"), freshId("text")];
  const isDangerous = confirm.style === "danger";
  const look = isDangerous ? ".danger" : ".primary";
  const dialog = el(
    "dialog.dialog.confirm",
    { role: "alertdialog", "aria-labelledby": titleId, "aria-describedby": textId },
    el(
      "form",
      { method: "dialog" },
      el("h2", { id: titleId }, textObject(confirm.title, world)),
      el("div.text", { id: textId }, textObject(confirm.text, world)),
      el(
        "div.dialog-buttons",
        {},
        // What deletes should not be one absent-minded Enter away.
        answer(".confirm-deny", "no", isDangerous, textObject(confirm.deny, world)),
        answer(`.confirm-agree${look}`, "yes", !isDangerous, textObject(confirm.confirm, world)),
      ),
    ),
  );
  document.body.append(dialog);
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    dialog.showModal();
  });
}
