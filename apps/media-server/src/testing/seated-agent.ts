import type { ErrorCode } from "@parley/shared/errors";
import type { LinkNotice, LinkRequest } from "@parley/shared/protocol/agent-link";
import type { MemberId } from "@parley/shared/protocol/ids";
import type { RoomEventBody } from "@parley/shared/protocol/room-event";
import { roomCreateRequestSchema } from "@parley/shared/protocol/rooms-api";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import { AgentSeat } from "../agent/agent-seat";
import { silentLog } from "../contracts/log";
import type { Room } from "../rooms/room";
import { RoomRegistry } from "../rooms/room-registry";
import { MemoryArchive } from "./memory-archive";
import { ScriptedMedia } from "./scripted-media";

type Parts = {
  clock: FakeClock;
  media: ScriptedMedia;
  archive: MemoryArchive;
  room: Room;
  seat: AgentSeat;
};

/** An agent, Robin, at its seat in a room, with scripted media and a link that tests open and lose. */
export class SeatedAgent {
  readonly clock: FakeClock;
  readonly media: ScriptedMedia;
  readonly archive: MemoryArchive;
  readonly room: Room;
  readonly seat: AgentSeat;
  readonly bodies: RoomEventBody[] = [];

  private constructor({ clock, media, archive, room, seat }: Parts) {
    this.clock = clock;
    this.media = media;
    this.archive = archive;
    this.room = room;
    this.seat = seat;
    room.subscribe((signal) => {
      if (signal.type === "event") this.bodies.push(signal.event.body);
    });
  }

  static async open(): Promise<SeatedAgent> {
    return SeatedAgent.#sit(new FakeClock(), new MemoryArchive(), (registry) =>
      registry.create(roomCreateRequestSchema.parse({ agent: { name: "Robin" } })),
    );
  }

  /** The same room at another server, whose own has died. */
  async takenUp(): Promise<SeatedAgent> {
    return SeatedAgent.#sit(this.clock, this.archive, (registry) =>
      registry.find(this.room.roomId),
    );
  }

  static async #sit(
    clock: FakeClock,
    archive: MemoryArchive,
    find: (registry: RoomRegistry) => Promise<Room | null>,
  ): Promise<SeatedAgent> {
    const media = new ScriptedMedia();
    const services = { clock, archive, log: silentLog };
    const seats: AgentSeat[] = [];
    const registry = new RoomRegistry(services, (opened) => {
      seats.push(new AgentSeat(opened, media, services));
    });
    const room = await find(registry);
    const [seat] = seats;
    if (room === null || seat === undefined) throw new Error("the room has no seat for the agent");
    return new SeatedAgent({ clock, media, archive, room, seat });
  }

  async join(name: string): Promise<MemberId> {
    const holder = { release: () => undefined };
    const { memberId } = this.room.join({ name, seatToken: null, holder });
    await this.clock.advance(0);
    return memberId;
  }

  say(...notices: LinkNotice[]): void {
    const { roomId } = this.room;
    for (const notice of notices) this.seat.handle({ type: "link-notice", roomId, notice });
  }

  connect(): void {
    this.seat.handle({ type: "link-opened", roomId: this.room.roomId });
    const engines = { recognizer: "r", chatModel: "c", synthesizer: "s", isDemonstration: false };
    this.say({ type: "session-ready", protocol: 1, engines });
  }

  lose(replayedMembers: readonly MemberId[] = [], code: ErrorCode | null = null): void {
    const error = code === null ? null : { code, message: "", isRetryable: true };
    this.seat.handle({ type: "link-lost", roomId: this.room.roomId, error, replayedMembers });
  }

  sent<Type extends LinkRequest["type"]>(type: Type) {
    return this.media.sentToAgent.filter((request) => request.type === type);
  }

  lastBody(): RoomEventBody | undefined {
    return this.bodies.at(-1);
  }

  texts() {
    return this.room.entries.map(({ name, kind, text, isFinal }) => [name, kind, text, isFinal]);
  }
}
