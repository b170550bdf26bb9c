// Tells the server what the person does; every doing answers `{ok, …}` and never throws.

const UNREACHABLE = { ok: false, error: "unreachable" };

// What a person reads for these codes; for others the server sends words of its own.
const WORDS = {
  unreachable: "The local server does not answer. Is it still running? Try again in a moment.",
  unknown_command: "No app here knows this command. Type / to see the ones that work.",
  operation_timeout: "Quiz Bot did not answer within three seconds. Try again in a moment.",
};

/** The sentence for a failed doing. */
export function failure(answer) {
  return WORDS[answer.error] ?? answer.text ?? answer.error ?? "That did not work. Try again.";
}

/** All doings of one person. */
export class Doings {
  constructor(user) {
    this.user = user;
  }

  async #post(path, content) {
    try {
      const response = await fetch(`/local/${path}`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ user: this.user, ...content }),
      });
      return await response.json();
    } catch {
      return UNREACHABLE;
    }
  }

  say(channel, text) {
    return this.#post("say", { channel, text });
  }

  act(source, block_id, action_id, value) {
    return this.#post("act", { source, block_id, action_id, value });
  }

  suggest(source, block_id, action_id, query) {
    return this.#post("suggest", { source, block_id, action_id, query });
  }

  submit(view, values) {
    return this.#post("submit", { view, values });
  }

  close(view) {
    return this.#post("close", { view });
  }

  openHome() {
    return this.#post("home", {});
  }

  openMessages() {
    return this.#post("messages", {});
  }

  dismiss(channel, ts) {
    return this.#post("dismiss", { channel, ts });
  }

  moveClock(move) {
    return this.#post("clock", { move });
  }

  clearNotice() {
    return this.#post("notice", {});
  }
}
