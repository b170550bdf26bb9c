// Knows how each element says what is chosen in it: the shapes that Slack sends to an app.

// Element type -> [field of its state, field of the element that holds the first value].
const FIELDS = {
  static_select: ["selected_option", "initial_option"],
  external_select: ["selected_option", "initial_option"],
  radio_buttons: ["selected_option", "initial_option"],
  checkboxes: ["selected_options", "initial_options"],
  multi_static_select: ["selected_options", "initial_options"],
  multi_external_select: ["selected_options", "initial_options"],
  users_select: ["selected_user", "initial_user"],
  multi_users_select: ["selected_users", "initial_users"],
  channels_select: ["selected_channel", "initial_channel"],
  multi_channels_select: ["selected_channels", "initial_channels"],
  conversations_select: ["selected_conversation", "initial_conversation"],
  multi_conversations_select: ["selected_conversations", "initial_conversations"],
  datepicker: ["selected_date", "initial_date"],
  timepicker: ["selected_time", "initial_time"],
  plain_text_input: ["value", "initial_value"],
  number_input: ["value", "initial_value"],
  email_text_input: ["value", "initial_value"],
  url_text_input: ["value", "initial_value"],
};

/** Whether the element keeps a value; a button and an overflow menu do not. */
export function isStateful(element) {
  return Object.hasOwn(FIELDS, element.type);
}

/** Whether the element's value is a list. */
export function isMultiple(element) {
  return element.type === "checkboxes" || element.type.startsWith("multi_");
}

/** Wrap what is chosen (an option, options, an id, a text; null for nothing) as element state. */
export function stateOf(element, chosen) {
  return { type: element.type, [FIELDS[element.type][0]]: chosen };
}

/** What is chosen, from element state or, without one, from the element's first value. */
export function chosenIn(element, state) {
  const [field, initial] = FIELDS[element.type];
  const chosen = state ? state[field] : element[initial];
  return chosen ?? (isMultiple(element) ? [] : null);
}

export function isEmpty(chosen) {
  return chosen === null || chosen === "" || (Array.isArray(chosen) && chosen.length === 0);
}
