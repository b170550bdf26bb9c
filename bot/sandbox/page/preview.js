// The author's page: one question before and after its answer, drawn anew at every save.

import { attribute, el, write } from "./dom.js";
import { rememberFocus, restoreFocus } from "./focus.js";
import { sign } from "./icons.js";
import { keepTheme, nextTheme, theme } from "./memory.js";
import { MessageRow } from "./message.js";
import { textObject } from "./mrkdwn.js";
import { Surface } from "./surface.js";
import { World } from "./world.js";

const THEME_WORDS = { system: "As the system", light: "Light", dark: "Dark" };
const KINDS = { single: "One right", several: "Several right", blank: "Blank" };
const BOT = { id: "U0", name: "Quiz Bot", bot_id: "B0" };
const STATE = { me: "U1", bot: BOT, people: [], channels: [], messages: {}, views: [] };
const NOON = "1767268800.000000";

/** The question that the address names; an address that somebody has broken names none. */
function wantedId() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return "";
  }
}

class Preview {
  #page = { questions: [], problems: [] };
  #reply = "";
  #hinted = false;
  #formShown = false;

  constructor() {
    this.world = new World(STATE);
    this.doings = { suggest: async () => ({ ok: true, options: [] }) };
    this.title = document.querySelector("#title");
    this.status = document.querySelector("#status");
    this.list = document.querySelector("#questions");
    this.main = document.querySelector("#question");
    this.#drawControls(document.querySelector("#controls"));
    addEventListener("hashchange", () => this.#goTo());
    addEventListener("keydown", (event) => this.#key(event));
  }

  /** Draw the newest state of the file; the question in sight stays in sight. */
  show(page) {
    this.#page = page;
    write(this.title, page.title || "No question yet");
    document.title = `${page.title || "Preview"} · preview`;
    const count = page.questions.length;
    const time = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" });
    const found = page.problems.length ? `${page.problems.length} to look at` : "nothing to mend";
    write(this.status, `${count} ${count === 1 ? "question" : "questions"}, ${found}. Read at ${time}.`);
    this.#draw();
  }

  lost() {
    write(this.status, "The preview has stopped. Start it again, and this page goes on.");
  }

  /** What a press on a button of the question shows. */
  act(_source, _block, action) {
    const question = this.#question();
    const [name, key] = action.split(":");
    if (name === "hint") this.#hinted = true;
    else if (name === "fill_in") this.#formShown = true;
    else if (name === "submit") this.#reply = question.replies[0].label;
    else if (name === "answer") {
      this.#reply = question.replies.find((reply) => reply.key === key)?.label ?? this.#reply;
    } else write(this.status, "In the preview this button does nothing.");
    this.#draw();
  }

  dismiss() {}

  #question() {
    return this.#wanted() ?? this.#page.questions[0];
  }

  #wanted() {
    return this.#page.questions.find(({ id }) => id === wantedId());
  }

  #goTo() {
    this.#reply = "";
    this.#hinted = false;
    this.#formShown = false;
    this.#draw();
    this.main.scrollTop = 0;
  }

  #key(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step || event.target.closest("input, textarea, select, [role=listbox]")) return;
    const { questions } = this.#page;
    const next = questions[questions.indexOf(this.#question()) + step];
    if (next) location.hash = next.id;
  }

  #drawControls(node) {
    const widths = ["Desktop", "Phone"].map((name) =>
      el("button.preview-choice", {
        type: "button",
        on: { click: () => this.#width(name) },
        data: { width: name },
      }, name));
    const themes = el("button.preview-choice", { type: "button" });
    const showTheme = () => themes.replaceChildren(sign(theme()), THEME_WORDS[theme()]);
    themes.addEventListener("click", () => {
      keepTheme(nextTheme());
      showTheme();
    });
    showTheme();
    node.append(...widths, themes);
    this.widths = widths;
    this.#width(localStorage.getItem("preview-width") ?? "Desktop");
  }

  #width(name) {
    localStorage.setItem("preview-width", name);
    document.body.dataset.width = name;
    for (const button of this.widths) {
      attribute(button, "aria-pressed", String(button.dataset.width === name));
    }
  }

  #draw() {
    const question = this.#question();
    const kept = document.activeElement?.dataset.keep;
    const place = rememberFocus();
    this.list.replaceChildren(...this.#page.questions.map((each, i) => this.#entry(each, i, question)));
    const nodes = question ? this.#panes(question) : [];
    this.main.replaceChildren(...this.#problems(question), ...nodes);
    if (kept) document.querySelector(`[data-keep="${CSS.escape(kept)}"]`)?.focus({ preventScroll: true });
    else restoreFocus(place, this.main);
  }

  #entry(each, i, here) {
    const found = this.#problemsOf(each).length;
    const name = `${i + 1}. ${KINDS[each.kind]}, line ${each.line}`;
    return el(
      "a.preview-entry",
      {
        href: `#${encodeURIComponent(each.id)}`,
        "aria-current": each === here && "true",
        data: { keep: `entry ${each.id}` },
      },
      el("span.preview-number", {}, String(i + 1)),
      el("span.preview-id", { title: name }, each.id),
      found ? el("span.preview-found", { "aria-label": `${found} to look at` }, String(found)) : null,
    );
  }

  /** Problems between this question's first line and the next one's; those above all are the page's. */
  #problemsOf(question) {
    const { questions, problems } = this.#page;
    const next = questions[questions.indexOf(question) + 1]?.line ?? Infinity;
    return problems.filter(({ line }) => line >= question.line && line < next);
  }

  #problems(question) {
    const first = this.#page.questions[0]?.line ?? Infinity;
    const lost = wantedId() && !this.#wanted();
    const ofPage = this.#page.problems.filter(
      ({ line, level }) => line < first || (lost && level === "error"),
    );
    const here = question ? this.#problemsOf(question) : [];
    const all = [...ofPage, ...here.filter((problem) => !ofPage.includes(problem))];
    const rows = all.map(({ line, level, rule, message }) =>
      el("li", { data: { level } }, sign("warn"), el("span", {}, `Line ${line}: ${message} `, el("code", {}, rule))));
    const missing = lost && question && `There is no question “${wantedId()}” now. This is the first one.`;
    const notices = [this.#page.notice, missing].filter(Boolean);
    return [
      ...notices.map((notice) => el("p.preview-missing", {}, notice)),
      ...(rows.length ? [el("ul.preview-problems", {}, rows)] : []),
    ];
  }

  #panes(question) {
    const asked = this.#hinted && question.hinted ? question.hinted : question.asked;
    const { replies } = question;
    const right = replies.find((reply) => reply.right) ?? replies[0];
    const reply = replies.find(({ label }) => label === this.#reply) ?? right;
    const form = question.form && this.#formShown ? [this.#pane("The form", this.#form(question.form))] : [];
    return [
      el(
        "div.preview-panes",
        {},
        this.#pane("Before the answer", this.#message(asked, "asked")),
        ...form,
        this.#pane("After the answer", this.#message(reply.message, "reply"), this.#tabs(question, reply)),
      ),
    ];
  }

  #pane(name, content, more = null) {
    return el("section.preview-pane", { "aria-label": name }, el("header", {}, el("h2", {}, name), more), content);
  }

  #tabs(question, chosen) {
    const tab = (reply) =>
      el("button.preview-choice", {
        type: "button",
        "aria-pressed": String(reply === chosen),
        data: { keep: `answer ${reply.label}` },
        on: {
          click: () => {
            this.#reply = reply.label;
            this.#draw();
          },
        },
      }, reply.label, reply.right ? " ✓" : "");
    return el("div.preview-tabs", { role: "group", "aria-label": "Answer" }, question.replies.map(tab));
  }

  #message(payload, key) {
    const message = { ...payload, user: BOT.id, channel: key, ts: NOON, ephemeral: true };
    const row = new MessageRow(this, message);
    row.update(message, false);
    return el("div.preview-frame", {}, row.node);
  }

  #form(view) {
    const surface = new Surface(el("div.modal-blocks"), this, {
      key: "form",
      source: { view: "form" },
      remembers: true,
    });
    surface.update(view.blocks);
    return el("div.preview-frame.preview-form", {}, el("h3", {}, textObject(view.title, this.world)), surface.node);
  }
}

const preview = new Preview();
const events = new EventSource("/events");
events.addEventListener("message", ({ data }) => preview.show(JSON.parse(data)));
events.addEventListener("error", () => preview.lost());
