/** One event of a stream of server-sent events, or a comment: a sign of life. */
export type ServerSentEvent = { type: "data"; lines: readonly string[] } | { type: "comment" };

/** Limit on an unfinished line or event, in characters: no server's answer has one that long. */
const maxPending = 1_000_000;

/**
 * Reads server-sent events (WHATWG HTML, 9.2.6), whichever way lines end and wherever they are cut.
 * An event that is not ended by an empty line is given at `flush`.
 */
export class ServerSentEventReader {
  #pending = "";
  #data: string[] = [];

  /** @returns the events that became whole */
  push(text: string): ServerSentEvent[] {
    this.#pending += text;
    const events: ServerSentEvent[] = [];
    for (;;) {
      // A carriage return that is last may be half of a pair.
      const end = /\r\n|\n|\r(?=[^\n])/u.exec(this.#pending);
      if (end === null) break;
      const line = this.#pending.slice(0, end.index);
      this.#pending = this.#pending.slice(end.index + end[0].length);
      this.#take(line, events);
    }
    if (this.#pending.length > maxPending) this.#pending = "";
    return events;
  }

  flush(): ServerSentEvent[] {
    const events = this.push("\n");
    this.#take("", events);
    return events;
  }

  #take(line: string, events: ServerSentEvent[]): void {
    if (line === "") {
      if (this.#data.length > 0) events.push({ type: "data", lines: this.#data });
      this.#data = [];
      return;
    }
    if (line.startsWith(":")) {
      events.push({ type: "comment" });
      return;
    }
    const colon = line.indexOf(":");
    if (colon === -1 || line.slice(0, colon) !== "data") return;
    const value = line.slice(colon + 1);
    this.#data.push(value.startsWith(" ") ? value.slice(1) : value);
  }
}
