// Finds the options of a select: listed in it, asked from the bot, or the people and places here.

const DEFAULT_QUERY_LENGTH = 3;

export function plainOption(value, text) {
  return { value, text: { type: "plain_text", text } };
}

/** Where the options of an element come from: `(query) => Promise<groups> | groups`. */
export function optionSource(element, slot) {
  const { world } = slot;
  if (isRemote(element)) return (query) => suggested(slot, element, query);
  if (element.type.endsWith("users_select")) {
    const people = [...world.people.values()].map(({ id, name }) => plainOption(id, name));
    return (query) => matching([{ options: people }], query);
  }
  if (/(channels|conversations)_select$/.test(element.type)) {
    const places = [...world.channels.values()].filter((place) => place.kind === "channel");
    const options = places.map(({ id, name }) => plainOption(id, `#${name}`));
    return (query) => matching([{ options }], query);
  }
  const groups = element.option_groups ?? [{ options: element.options ?? [] }];
  return (query) => matching(groups, query);
}

function matching(groups, query) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ text }) => words.every((word) => text.text.toLowerCase().includes(word));
  return groups
    .map((group) => ({ ...group, options: group.options.filter(fits) }))
    .filter((group) => group.options.length);
}

async function suggested(slot, element, query) {
  const answer = await slot.suggest(element, query);
  if (!answer.ok) throw new Error(answer.error);
  return answer.option_groups ?? [{ options: answer.options ?? [] }];
}

/** Selects of people and places hold ids, the others whole options: both as options here. */
export function asOptions(element, chosen, world) {
  const list = Array.isArray(chosen) ? chosen : [chosen].filter((one) => one !== null);
  return list.map((one) => {
    if (typeof one !== "string") return one;
    const isPerson = element.type.includes("users");
    return plainOption(one, isPerson ? world.userName(one) : `#${world.channelName(one)}`);
  });
}

/** Whether the bot is asked for the options. */
export function isRemote(element) {
  return element.type.endsWith("external_select");
}

/** How many letters have to be typed before there are options. */
export function neededLength(element) {
  return isRemote(element) ? (element.min_query_length ?? DEFAULT_QUERY_LENGTH) : 0;
}
