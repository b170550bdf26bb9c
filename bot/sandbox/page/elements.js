// Draws what can be pressed, ticked and filled in; one function per kind of element.

import { el, freshId, safeUrl } from "./dom.js";
import { textObject } from "./mrkdwn.js";
import { overflow, select } from "./select.js";
import { chosenIn, isMultiple, stateOf } from "./values.js";

const PICKERS = { datepicker: "date", timepicker: "time" };
const FIELDS = { number_input: "number", email_text_input: "email", url_text_input: "url" };

function button(element, slot) {
  const look = { primary: ".primary", danger: ".danger" }[element.style] ?? "";
  const address = element.url && safeUrl(element.url);
  const press = () => {
    if (address && !element.confirm) return slot.report(element, { type: "button" }, node);
    return slot.report(element, { type: "button" }, node).then((done) => {
      if (done && address) slot.follow(address);
    });
  };
  const node = el(
    address ? `a.button${look}` : `button.button${look}`,
    {
      type: address ? null : "button",
      href: address || null,
      target: address ? "_blank" : null,
      rel: address ? "noopener noreferrer" : null,
      "aria-label": element.accessibility_label,
      data: { actionId: element.action_id },
      on: {
        click: (event) => {
          if (element.confirm) event.preventDefault();
          press();
        },
      },
    },
    el("span.button-text", {}, textObject(element.text, slot.world)),
  );
  return node;
}

/** Checkboxes or radio buttons: one line for each option, with its description below. */
function choices(element, slot) {
  const multiple = isMultiple(element);
  const chosen = [chosenIn(element, slot.state(element)) ?? []].flat();
  const ticked = new Set(chosen.map((option) => option.value));
  const name = freshId("choice");
  const group = el("div.choices", {
    role: multiple ? "group" : "radiogroup",
    data: { actionId: element.action_id },
    ...slot.labelling(element),
  });
  const changed = async () => {
    const before = new Set(ticked);
    ticked.clear();
    for (const input of group.querySelectorAll("input:checked")) ticked.add(input.dataset.value);
    const options = element.options.filter((option) => ticked.has(option.value));
    const state = stateOf(element, multiple ? options : (options[0] ?? null));
    if (await slot.report(element, state, group)) return;
    ticked.clear();
    for (const value of before) ticked.add(value);
    for (const input of group.querySelectorAll("input")) {
      input.checked = ticked.has(input.dataset.value);
    }
  };
  group.append(...element.options.map((option) => choice(option, slot, {
    type: multiple ? "checkbox" : "radio",
    name,
    checked: ticked.has(option.value),
    data: { value: option.value },
    on: { change: changed },
  })));
  return group;
}

function choice({ text, description }, slot, attributes) {
  const words = (content) => textObject(content, slot.world);
  return el(
    "label.choice",
    {},
    el("input", attributes),
    el(
      "span.choice-text",
      {},
      el("span", {}, words(text)),
      description && el("span.choice-description", {}, words(description)),
    ),
  );
}

function picker(element, slot) {
  const node = el("input.field.picker", {
    type: PICKERS[element.type],
    value: chosenIn(element, slot.state(element)) ?? "",
    data: { actionId: element.action_id },
    ...slot.labelling(element),
    on: { change: () => slot.report(element, stateOf(element, node.value || null), node) },
  });
  return node;
}

/** A line or a box for text; its words travel with the form, or by Enter where the block asks. */
function textField(element, slot) {
  const multiline = Boolean(element.multiline);
  const node = el(multiline ? "textarea.field" : "input.field", {
    type: multiline ? null : (FIELDS[element.type] ?? "text"),
    rows: multiline ? 4 : null,
    step: element.is_decimal_allowed ? "any" : null,
    min: element.min_value,
    max: element.max_value,
    maxlength: element.max_length ?? null,
    placeholder: element.placeholder?.text,
    autocomplete: "off",
    autofocus: element.focus_on_load || null,
    data: { actionId: element.action_id },
    ...slot.labelling(element),
    on: { input: () => slot.keep(element, state()), keydown },
  });
  node.value = chosenIn(element, slot.state(element)) ?? "";
  const state = () => stateOf(element, node.value || null);
  function keydown(event) {
    if (event.key !== "Enter" || event.isComposing || !slot.dispatches || multiline) return;
    event.preventDefault();
    slot.report(element, state(), node);
  }
  return node;
}

function image(element) {
  const file = element.slack_file?.id;
  const address = file ? `/local/images/${encodeURIComponent(file)}` : safeUrl(element.image_url ?? "");
  if (!address) return notDrawn("image", element.alt_text);
  return el("img", {
    src: address,
    alt: element.alt_text,
    loading: "lazy",
    referrerpolicy: "no-referrer",
  });
}

/** A visible stand-in for what this page cannot draw, so that nothing is missed silently. */
export function notDrawn(type, text = "") {
  return el("div.not-drawn", {}, el("code", {}, type), " is not drawn here. ", text);
}

const ELEMENTS = {
  button,
  checkboxes: choices,
  radio_buttons: choices,
  overflow,
  image,
  datepicker: picker,
  timepicker: picker,
  plain_text_input: textField,
  number_input: textField,
  email_text_input: textField,
  url_text_input: textField,
};

const SELECT = /^(multi_)?(static|external|users|channels|conversations)_select$/;

/** Draw any element; one without a way to be drawn shows its kind instead. */
export function drawElement(element, slot) {
  const draw = ELEMENTS[element.type] ?? (SELECT.test(element.type) ? select : null);
  return draw ? draw(element, slot) : notDrawn(element.type);
}
