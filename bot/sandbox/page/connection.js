// Holds the line on which the server sends its state, and picks it up again when it breaks.

const FIRST_PAUSE = 400;
const LONGEST_PAUSE = 8_000;

/** One socket at a time. `onState` gets each state, `onLost` and `onBack` frame an outage. */
export class Connection {
  #socket = null;
  #timer = 0;
  #pause = FIRST_PAUSE;

  constructor({ onState, onLost, onBack }) {
    Object.assign(this, { onState, onLost, onBack, user: null });
    window.addEventListener("online", () => this.retry());
  }

  /** Follow another person's state. */
  open(user) {
    this.user = user;
    this.#pause = FIRST_PAUSE;
    this.#connect();
  }

  /** Try again now instead of after the pause. */
  retry() {
    if (this.#socket?.readyState === WebSocket.OPEN) return;
    this.#connect();
  }

  #connect() {
    clearTimeout(this.#timer);
    const before = this.#socket;
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const query = new URLSearchParams({ user: this.user });
    const socket = new WebSocket(`${scheme}//${location.host}/local/socket?${query}`);
    this.#socket = socket;
    before?.close();
    socket.addEventListener("message", ({ data }) => {
      // A late state of the person before must not replace the present one's.
      if (socket === this.#socket) this.#receive(JSON.parse(data));
    });
    socket.addEventListener("close", () => {
      if (socket === this.#socket) this.#wait();
    });
  }

  #receive(frame) {
    this.#pause = FIRST_PAUSE;
    this.onBack();
    if (frame.type === "state") this.onState(frame.state);
  }

  #wait() {
    this.onLost();
    // A little chance keeps several open pages from knocking in step.
    const pause = this.#pause * (0.75 + Math.random() / 2);
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
    this.#timer = setTimeout(() => this.#connect(), pause);
  }
}
