// Answers "who is that id?" for everything that is drawn, from the state that the server sent.

/** One person's view of the workspace: names, zone and what is theirs. */
export class World {
  constructor(state) {
    this.state = state;
    this.me = state.me;
    this.bot = state.bot;
    this.people = new Map(state.people.map((person) => [person.id, person]));
    this.channels = new Map(state.channels.map((channel) => [channel.id, channel]));
    this.zone = this.people.get(state.me)?.tz;
    this.ahead = state.clock ? Date.parse(state.clock.now) - Date.now() : 0;
  }

  /** The bot's present moment in milliseconds; messages keep the real time. */
  now() {
    return Date.now() + this.ahead;
  }

  isBot(id) {
    return id === this.bot.id || id === this.bot.bot_id;
  }

  /** Whoever wrote a message; a stranger keeps the id as a name. */
  author(id) {
    if (this.isBot(id)) return this.bot;
    return this.people.get(id) ?? { id, name: id };
  }

  userName(id) {
    return this.author(id).name;
  }

  channelName(id) {
    return this.channels.get(id)?.name ?? id;
  }

  messages(channel) {
    return this.state.messages[channel] ?? [];
  }

  /** The modal on top of the stack, if one is open. */
  get modal() {
    return this.state.views.at(-1) ?? null;
  }
}
