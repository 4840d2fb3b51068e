import { newId, type EntryId } from "@parley/shared/protocol/ids";
import type { MemberEvent, RoomEventBody } from "@parley/shared/protocol/room-event";

type Message = Extract<MemberEvent, { type: "message" }>;

/**
 * Typed messages until the room has shown them back. Each keeps its id, so that one which is sent
 * again after an outage is not said twice.
 */
export class MessageOutbox {
  readonly #send: (event: MemberEvent) => boolean;
  readonly #onChanged: (pending: readonly Message[]) => void;
  readonly #messages = new Map<EntryId, Message>();

  constructor(options: {
    send: (event: MemberEvent) => boolean;
    onChanged: (pending: readonly Message[]) => void;
  }) {
    this.#send = options.send;
    this.#onChanged = options.onChanged;
  }

  /** Sends the text now, or as soon as there is a way. */
  add(text: string): void {
    const message: Message = { type: "message", messageId: newId<EntryId>(), text };
    this.#messages.set(message.messageId, message);
    this.#onChanged([...this.#messages.values()]);
    this.#send(message);
  }

  /** The room has these entries: they need no sending any more. */
  settle(entryIds: Iterable<EntryId>): void {
    let hasChanged = false;
    for (const entryId of entryIds) {
      hasChanged = this.#messages.delete(entryId) || hasChanged;
    }
    if (hasChanged) this.#onChanged([...this.#messages.values()]);
  }

  /** Sends everything that is unsettled again. */
  flush(): void {
    for (const message of this.#messages.values()) this.#send(message);
  }
}

/** Entries that the room has shown in their final form with this event. */
export function settledEntryIds(body: RoomEventBody): EntryId[] {
  switch (body.type) {
    case "transcript-final":
      return [body.entry.entryId];
    case "transcript-partial":
    case "transcript-retract":
    case "agent-state":
    case "agent-hearing":
    case "turn-timings":
    case "reply-start":
    case "reply-flush":
    case "reply-end":
      return [];
  }
}
