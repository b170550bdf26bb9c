// Draws people, channels and moments inside a text; both text formats of Slack name them by id.

import { el, write } from "./dom.js";
import { formatDate } from "./dates.js";

export function userMention(id, world) {
  const mine = id === world.me ? ".mine" : "";
  return el(`span.mention${mine}`, {}, `@${world.userName(id)}`);
}

export function channelMention(id, world) {
  return el("span.mention", {}, `#${world.channelName(id)}`);
}

export function groupMention(name) {
  return el("span.mention", {}, `@${name.replace(/^@/, "")}`);
}

export function broadcast(range) {
  return el("span.mention.mine", {}, `@${range}`);
}

/** A moment in the reader's zone; the page keeps those with an age up to date by their data. */
export function moment(unix, format, fallback, world) {
  if (!Number.isFinite(unix)) return fallback;
  const text = formatDate(unix, format, world.zone, world.now());
  const title = formatDate(unix, "{date_long} {time_secs}", world.zone);
  return el("time", { data: { unix, format }, title }, text);
}

/** Rewrite what depends on the present moment: "2 minutes ago", "today". */
export function refreshAges(root, world) {
  for (const node of root.querySelectorAll("time[data-format]")) {
    const { unix, format } = node.dataset;
    write(node, formatDate(Number(unix), format, world.zone, world.now()));
  }
}
