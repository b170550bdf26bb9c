// Shows the person's modal on top of the page and sends what is filled in.

import { attribute, el, freshId, write } from "./dom.js";
import { failure } from "./doings.js";
import { sign } from "./icons.js";
import { textObject } from "./mrkdwn.js";
import { Surface } from "./surface.js";

const FIRST_FIELD = "input, textarea, button.select";

export class Modal {
  #surfaces = new Map();
  #view = null;
  #errors = "";
  #problems = {};
  #closing = new Set();
  #awaitsField = false;

  constructor(app) {
    this.app = app;
    const titleId = freshId("modal-title");
    this.title = el("h2.modal-title", { id: titleId });
    this.content = el("div.modal-content");
    this.alert = el("div.modal-alert", { role: "alert" });
    const close = { click: () => this.close() };
    this.cancel = el("button.button.modal-close", { type: "button", on: close });
    this.send = el("button.button.primary.modal-submit", { type: "submit" });
    this.form = el(
      "form",
      { novalidate: true, on: { submit: (event) => this.#submit(event) } },
      el(
        "header.modal-head",
        {},
        this.title,
        el(
          "button.icon-button.modal-x",
          { type: "button", "aria-label": "Close", on: close },
          sign("close"),
        ),
      ),
      this.content,
      this.alert,
      el("footer.modal-foot", {}, this.cancel, this.send),
    );
    this.node = el(
      "dialog.dialog.modal",
      {
        "aria-labelledby": titleId,
        on: {
          keydown: (event) => this.#key(event),
          cancel: (event) => this.#cancelled(event),
        },
      },
      this.form,
    );
    document.body.append(this.node);
  }

  /** Show the view, or close for null. What was entered stays as long as its view exists. */
  update(world) {
    const view = world.modal;
    this.#forget(world.state.views);
    if (!view || this.#closing.has(view.id)) {
      this.#view = null;
      if (this.node.open) this.node.close();
      return;
    }
    const isOther = view.id !== this.#view?.id;
    if (isOther || view.hash !== this.#view.hash) this.#problems = {};
    const errors = JSON.stringify(view.errors);
    const complains = !isOther && errors !== this.#errors;
    this.#errors = errors;
    this.#view = view;
    this.#draw(world);
    if (!this.node.open) this.node.showModal();
    // A form that opens empty and is filled a moment later: the focus goes where it belongs.
    const comesLate = this.#awaitsField && document.activeElement === this.cancel;
    if (isOther || comesLate) this.#focusFirst();
    else if (complains) this.#focusWrong();
  }

  /** Close the view on top, as its cross, its button and Escape do. */
  close() {
    if (!this.#view) return;
    const { id } = this.#view;
    this.#closing.add(id);
    this.app.render();
    this.app.attempt(this.app.doings.close(id));
  }

  #forget(views) {
    const present = new Set(views.map(({ id }) => id));
    for (const id of this.#surfaces.keys()) if (!present.has(id)) this.#surfaces.delete(id);
    for (const id of this.#closing) if (!present.has(id)) this.#closing.delete(id);
  }

  #draw(world) {
    const view = this.#view;
    this.title.replaceChildren(textObject(view.title, world) ?? "");
    this.cancel.replaceChildren(view.close ? textObject(view.close, world) : "Close");
    this.send.replaceChildren(view.submit ? textObject(view.submit, world) : "Send");
    this.send.hidden = !view.submit;
    write(this.alert, world.state.notice?.kind === "error" ? world.state.notice.text : "");
    const surface = this.#surface(view);
    if (this.content.firstChild !== surface.node) this.content.replaceChildren(surface.node);
    surface.update(view.blocks, { errors: { ...view.errors, ...this.#problems } });
  }

  #surface({ id }) {
    if (!this.#surfaces.has(id)) {
      const options = { key: `view/${id}`, source: { view: id }, remembers: true };
      this.#surfaces.set(id, new Surface(el("div.modal-blocks"), this.app, options));
    }
    return this.#surfaces.get(id);
  }

  #focusFirst() {
    const asked = this.content.querySelector("[autofocus]");
    const field = asked ?? this.content.querySelector(FIRST_FIELD);
    this.#awaitsField = !field && this.send.hidden;
    (field ?? (this.send.hidden ? this.cancel : this.send)).focus();
  }

  #key(event) {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    this.close();
  }

  #cancelled(event) {
    event.preventDefault();
    this.close();
  }

  async #submit(event) {
    event.preventDefault();
    const { id } = this.#view;
    const surface = this.#surface(this.#view);
    this.#problems = surface.problems();
    if (Object.keys(this.#problems).length) {
      this.#draw(this.app.world);
      this.#focusWrong();
      return;
    }
    this.#busy(true);
    const answer = await this.app.doings.submit(id, surface.values());
    this.#busy(false);
    if (!answer.ok && this.#view?.id === id) write(this.alert, failure(answer));
  }

  #busy(isBusy) {
    attribute(this.send, "aria-busy", isBusy || null);
  }

  #focusWrong() {
    const wrong = this.content.querySelector(".block:has(.input-error)");
    wrong?.querySelector(FIRST_FIELD)?.focus();
  }
}
