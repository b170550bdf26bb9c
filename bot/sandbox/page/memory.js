// Remembers what should survive a reload: place in the address, looks and read marks in storage.

export const DEFAULT_USER = "U1";

const TABS = ["home", "messages", "about"];
const THEMES = ["system", "light", "dark"];

/** Where the person was, from the address. */
export function placeInAddress() {
  const query = new URLSearchParams(location.search);
  return {
    user: query.get("user") ?? DEFAULT_USER,
    channel: query.get("channel"),
    tab: TABS.includes(query.get("tab")) ? query.get("tab") : "messages",
  };
}

export function keepPlace({ user, channel, tab }) {
  const query = new URLSearchParams({ user, channel });
  if (tab !== "messages") query.set("tab", tab);
  history.replaceState(null, "", `?${query}`);
}

export function theme() {
  return document.documentElement.dataset.theme;
}

/** The theme that a press on the switch leads to: first the one that looks different. */
export function nextTheme() {
  const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  const order = isDark ? THEMES : ["system", "dark", "light"];
  return order[(order.indexOf(theme()) + 1) % order.length];
}

export function keepTheme(name) {
  document.documentElement.dataset.theme = name;
  localStorage.setItem("theme", name);
}

/** Up to which message each person has read each channel; lives as long as the browser tab. */
export class ReadMarks {
  #marks = JSON.parse(sessionStorage.getItem("read") ?? "{}");

  hasUnread(user, channel, messages) {
    const mark = this.#marks[`${user}/${channel}`] ?? "";
    return messages.some((message) => message.user !== user && message.ts > mark);
  }

  read(user, channel, messages) {
    const newest = messages.reduce((mark, { ts }) => (ts > mark ? ts : mark), "");
    if (!newest || this.#marks[`${user}/${channel}`] === newest) return;
    this.#marks[`${user}/${channel}`] = newest;
    sessionStorage.setItem("read", JSON.stringify(this.#marks));
  }
}
