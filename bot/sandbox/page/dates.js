// Writes moments the way Slack does, in the zone of the person whose eyes the page borrows.

const DAY = 86_400_000;
const HALF_A_YEAR = 183 * DAY;

function parts(moment, zone) {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
  });
  const pairs = format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]);
  return Object.fromEntries(pairs);
}

function write(moment, zone, options) {
  return new Intl.DateTimeFormat("en-US", { timeZone: zone, ...options }).format(moment);
}

function ordinal(day) {
  const teens = day % 100 >= 11 && day % 100 <= 13;
  return `${day}${(!teens && ["th", "st", "nd", "rd"][day % 10]) || "th"}`;
}

/** Whole days between two moments on the calendar of a zone; negative for the past. */
function daysAway(moment, now, zone) {
  const [there, here] = [parts(moment, zone), parts(now, zone)];
  const count = (date) => Date.UTC(date.year, date.month - 1, date.day);
  return Math.round((count(there) - count(here)) / DAY);
}

function pretty(moment, now, zone, otherwise) {
  const near = { "-1": "yesterday", 0: "today", 1: "tomorrow" };
  return near[daysAway(moment, now, zone)] ?? otherwise;
}

function longDate(moment, now, zone, weekday) {
  const { year, day } = parts(moment, zone);
  const start = weekday ? `${write(moment, zone, { weekday: "long" })}, ` : "";
  const end = Math.abs(moment - now) > HALF_A_YEAR ? `, ${year}` : "";
  return `${start}${write(moment, zone, { month: "long" })} ${ordinal(day)}${end}`;
}

function shortDate(moment, zone) {
  return write(moment, zone, { month: "short", day: "numeric", year: "numeric" });
}

function numericDate(moment, zone) {
  const { year, month, day } = parts(moment, zone);
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

function ago(moment, now) {
  const seconds = Math.round((moment - now) / 1000);
  const words = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  for (const [unit, size] of [["day", 86_400], ["hour", 3_600], ["minute", 60]]) {
    if (Math.abs(seconds) >= size) return words.format(Math.trunc(seconds / size), unit);
  }
  return words.format(seconds, "second");
}

export function clock(moment, zone) {
  return write(moment, zone, { hour: "numeric", minute: "2-digit" });
}

/** "Mon 2 Mar, 09:00", as the bot's clock shows it. */
export function dayAndTime(moment, zone) {
  const options = { weekday: "short", day: "numeric", month: "short" };
  const time = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const format = new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options, ...time });
  const found = Object.fromEntries(
    format.formatToParts(moment).map(({ type, value }) => [type, value]),
  );
  const { weekday, day, month, hour, minute } = found;
  return `${weekday} ${day} ${month}, ${hour}:${minute}`;
}

const TOKENS = {
  date_num: (moment, now, zone) => numericDate(moment, zone),
  date: (moment, now, zone) => longDate(moment, now, zone, false),
  date_short: (moment, now, zone) => shortDate(moment, zone),
  date_long: (moment, now, zone) => longDate(moment, now, zone, true),
  time: (moment, now, zone) => clock(moment, zone),
  time_secs: (moment, now, zone) =>
    write(moment, zone, { hour: "numeric", minute: "2-digit", second: "2-digit" }),
  ago: (moment, now) => ago(moment, now),
};

function token(name, moment, now, zone) {
  const plain = name.replace(/_pretty$/, "");
  if (!Object.hasOwn(TOKENS, plain)) return `{${name}}`;
  const text = TOKENS[plain](moment, now, zone);
  return plain === name ? text : pretty(moment, now, zone, text);
}

/** Fill a Slack date format such as `{date_short_pretty} at {time}`; unknown tokens stay. */
export function formatDate(unix, format, zone, now = Date.now()) {
  return format.replace(/\{(\w+)\}/g, (_, name) => token(name, unix * 1000, now, zone));
}

/** The words on the line between two days of a conversation. */
export function dayName(moment, zone, now = Date.now()) {
  const text = pretty(moment, now, zone, longDate(moment, now, zone, true));
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The calendar day of a moment, for comparing. */
export function dayKey(moment, zone) {
  return numericDate(moment, zone);
}
