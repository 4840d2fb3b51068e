import { AppError } from "@parley/shared/errors";
import type { MediaEngine } from "../contracts/media-engine";

/**
 * Lag of the media thread, in ms, at which no more rooms are opened. Browsers' jitter buffers hide
 * some 60 ms; beyond it the voices of everybody who is already here would have gaps.
 */
export const maxMediaLagMs = 40;

/** Admission of rooms by the media thread's measured lag: voices that play come first. */
export class RoomAdmission {
  readonly #media: Pick<MediaEngine, "status">;

  constructor(media: Pick<MediaEngine, "status">) {
    this.#media = media;
  }

  /** True while one more room could be opened without harm to the others. */
  async hasRoom(): Promise<boolean> {
    const { lagMs } = await this.#media.status({});
    return lagMs < maxMediaLagMs;
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
