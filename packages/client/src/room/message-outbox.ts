import { newId, type EntryId } from "@parley/shared/protocol/ids";
import type { MemberEvent, RoomEventBody } from "@parley/shared/protocol/room-event";

type Message = Extract<MemberEvent, { type: "message" }>;

/**
 * Typed messages that the room has not confirmed yet. A message keeps its id, so that sending it
 * again after an outage does not repeat it in the room.
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

  /** Sends the text now, or with the next `flush` when the channel is not open. */
  add(text: string): void {
    const message: Message = { type: "message", messageId: newId<EntryId>(), text };
    this.#messages.set(message.messageId, message);
    this.#onChanged([...this.#messages.values()]);
    this.#send(message);
  }

  /** Removes messages that the room has confirmed as transcript entries. */
  settle(entryIds: Iterable<EntryId>): void {
    let hasChanged = false;
    for (const entryId of entryIds) {
      hasChanged = this.#messages.delete(entryId) || hasChanged;
    }
    if (hasChanged) this.#onChanged([...this.#messages.values()]);
  }

  /** Sends all unconfirmed messages again. */
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
    case "transcript-storage":
    case "misheard-members":
    case "agent-problem":
    case "turn-timings":
    case "reply-start":
    case "reply-flush":
    case "reply-hold":
    case "reply-resume":
    case "reply-end":
      return [];
  }
}
