import { AddressSlots } from "@parley/admission/address-slots";
import { AppError } from "@parley/shared/errors";
import type { MediaEngine } from "../contracts/media-engine";
import type { Room } from "./room";

/**
 * Lag of the media thread, in ms, at which no more rooms are opened. Browsers' jitter buffers hide
 * some 60 ms; beyond it the voices of everybody who is already here would have gaps.
 */
export const maxMediaLagMs = 40;

/** Limit on rooms and calls that one address keeps going: half of what one inference worker serves. */
export const maxRoomsPerAddress = 32;

/**
 * Admission of rooms: by the media thread's measured lag, since voices that play come first, and by
 * the address that would set one going, since each takes one of the agent's sessions. A call of the
 * Realtime API counts as a room.
 */
export class RoomAdmission {
  readonly #media: Pick<MediaEngine, "status">;
  readonly #slots = new AddressSlots(maxRoomsPerAddress);

  constructor(media: Pick<MediaEngine, "status">) {
    this.#media = media;
  }

  /** True while one more room could be opened without harm to the others. */
  async hasRoom(): Promise<boolean> {
    const { lagMs } = await this.#media.status({});
    return lagMs < maxMediaLagMs;
  }

  /**
   * Admits whoever comes into a room without people, which sets the room going.
   *
   * @param address the client's, which counts as the room's until the room is empty again
   * @throws AppError `at-capacity` or `too-many-requests`, both retryable
   */
  async enterEmpty(room: Room, address: string): Promise<void> {
    const release = await this.enterCall(address);
    const unsubscribe = room.subscribe(({ type }) => {
      if (type !== "closed" && (type !== "member-left" || room.people > 0)) return;
      unsubscribe();
      release();
    });
  }

  /**
   * Admits a call.
   *
   * @returns a function to be called when it is over; idempotent
   * @throws AppError `at-capacity` or `too-many-requests`, both retryable
   */
  async enterCall(address: string): Promise<() => void> {
    await this.require();
    const release = this.#slots.take(address);
    if (release !== null) return release;
    const message = `at most ${maxRoomsPerAddress} rooms can be used at once from one address`;
    throw new AppError("too-many-requests", message, { isRetryable: true });
  }

  /** @throws AppError `at-capacity`, retryable */
  async require(): Promise<void> {
    if (await this.hasRoom()) return;
    throw new AppError(
      "at-capacity",
      "This server is as busy as it can be without harm to running talks. Try again in a while.",
      { isRetryable: true },
    );
  }
}
