// Says above the conversation what went wrong and what to do about it.

import { el, write } from "./dom.js";
import { sign } from "./icons.js";

/** The strip with at most one notice and one word about the connection. */
export class Banners {
  constructor(node, { onClear, onRetry }) {
    this.text = el("span.banner-text");
    this.notice = el(
      "div.banner",
      { hidden: true },
      el("span.banner-sign", {}, sign("warn")),
      this.text,
      el(
        "button.icon-button.banner-clear",
        { type: "button", "aria-label": "Clear this notice", on: { click: onClear } },
        sign("close"),
      ),
    );
    this.lost = el(
      "div.banner.lost",
      { hidden: true },
      sign("plug"),
      el("span.banner-text", {}, "Connection lost. The page keeps trying to reconnect."),
      el("button.link-button", { type: "button", on: { click: onRetry } }, "Try now"),
    );
    node.setAttribute("aria-live", "polite");
    node.append(this.lost, this.notice);
  }

  /** Show `{kind, text}`, or nothing for null. */
  show(notice) {
    this.notice.hidden = !notice;
    this.notice.classList.toggle("info", notice?.kind === "info");
    const kind = notice?.kind === "info" ? "info" : "warn";
    this.notice.querySelector(".banner-sign").replaceChildren(sign(kind));
    write(this.text, notice?.text ?? "");
  }

  connection(isLost) {
    this.lost.hidden = !isLost;
  }
}
