import type { Clock } from "@parley/shared/async/clock";
import type { ErrorCode } from "@parley/shared/errors";
import {
  maxRoomEventBytes,
  memberEventSchema,
  type MemberEvent,
} from "@parley/shared/protocol/room-event";
import { TokenBucket } from "@parley/admission/token-bucket";

/** Rate limit of one member: above what people type, below what a runaway loop sends. */
const memberEventRate = { burst: 20, perSecond: 5 };

export type MemberEventResult =
  { event: MemberEvent } | { dropped: ErrorCode } | { ignored: "unknown-type" };

const knownTypes = new Set<unknown>(
  memberEventSchema.options.map((option) => option.shape.type.value),
);

/** Parses and rate-limits one member's data channel messages. */
export class MemberEventReader {
  readonly #bucket: TokenBucket;

  constructor(clock: Clock) {
    this.#bucket = new TokenBucket(clock, memberEventRate);
  }

  read(bytes: Uint8Array): MemberEventResult {
    if (!this.#bucket.take()) return { dropped: "too-many-requests" };
    if (bytes.length > maxRoomEventBytes) return { dropped: "frame-too-large" };
    let message: unknown;
    try {
      message = JSON.parse(Buffer.from(bytes).toString("utf8"));
    } catch {
      return { dropped: "invalid-request" };
    }
    const parsed = memberEventSchema.safeParse(message);
    if (parsed.success) return { event: parsed.data };
    const type = (message as { type?: unknown } | null)?.type;
    return typeof type === "string" && !knownTypes.has(type)
      ? { ignored: "unknown-type" }
      : { dropped: "invalid-request" };
  }
}
