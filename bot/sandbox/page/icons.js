// Draws every sign of the page from strokes of our own, so that nothing is loaded from elsewhere.

import { el, icon } from "./dom.js";

const STROKES = {
  hash: ["M7.5 3 6 17", "M14 3l-1.5 14", "M3.5 7.5h14", "M2.5 12.5h14"],
  menu: ["M3 5.5h14", "M3 10h14", "M3 14.5h14"],
  close: ["M5 5l10 10", "M15 5 5 15"],
  send: ["M3.5 3.5 17 10 3.5 16.5 5.5 10z", "M5.5 10H10"],
  down: ["M5.5 8l4.5 4.5L14.5 8"],
  arrow: ["M10 4v12", "M5 11l5 5 5-5"],
  check: ["M4 10.5l4 4 8-9"],
  more: ["M4.5 10h.01", "M10 10h.01", "M15.5 10h.01"],
  eye: [
    "M2 10c2-3.5 5-5 8-5s6 1.5 8 5c-2 3.5-5 5-8 5s-6-1.5-8-5z",
    "M10 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4z",
  ],
  warn: ["M10 3 2.5 16.5h15z", "M10 8v4", "M10 14.3h.01"],
  info: ["M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15z", "M10 9v5", "M10 6.2h.01"],
  plug: ["M7 3v4", "M13 3v4", "M5 7h10v3a5 5 0 0 1-10 0z", "M10 15v3"],
  system: ["M3 4h14v9.5H3z", "M7 17h6", "M10 13.5V17"],
  light: [
    "M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z",
    "M10 2v1.8M10 16.2V18M2 10h1.8M16.2 10H18",
    "M4.3 4.3l1.3 1.3M14.4 14.4l1.3 1.3M4.3 15.7l1.3-1.3M14.4 5.6l1.3-1.3",
  ],
  dark: ["M16.5 12A7 7 0 0 1 8 3.5a7 7 0 1 0 8.5 8.5z"],
  clock: ["M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15z", "M10 6v4.2l3 1.8"],
  file: ["M5 2.5h6.5L15.5 6.5v11H5z", "M11.5 2.5v4h4", "M7.5 10.5h5.5", "M7.5 13.5h5.5"],
  quiz: ["M10 3.5a6 6 0 1 0 0 12 6 6 0 0 0 0-12z", "M7.3 9.7l2 2 3.5-4", "M13.8 13.8l3 3"],
};

/** One sign by its name. */
export function sign(name) {
  return icon(STROKES[name], name);
}

/** The square in front of a name: the bot's mark, or a person's initial on a colour. */
export function avatar(person, isBot) {
  const initials = [...person.name].slice(0, 1).join("").toUpperCase();
  const shade = [...person.id].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % 6;
  return el(
    `span.avatar.${isBot ? "avatar-bot" : `avatar-${shade}`}`,
    { "aria-hidden": "true" },
    isBot ? sign("quiz") : initials,
  );
}
