import type { Page } from "@playwright/test";
import { roomEventSchema, roomEventsLabel } from "@parley/shared/protocol/room-event";
import type { TurnTimings } from "@parley/shared/protocol/turn-timings";

declare global {
  var parleyEvents: { atMs: number; data: string }[] | undefined;
}

/** Keeps every message of the room's data channel with the time at which it came. */
export async function installEventProbe(page: Page): Promise<void> {
  await page.addInitScript((label) => {
    const events: { atMs: number; data: string }[] = [];
    globalThis.parleyEvents = events;
    const decoder = new TextDecoder();
    const prototype = globalThis.RTCPeerConnection.prototype;
    // Called on the connection below, as the page does.
    const original = prototype.createDataChannel;
    prototype.createDataChannel = function (name, init) {
      const channel = original.call(this, name, init);
      if (name === label) {
        channel.addEventListener("message", ({ data }: MessageEvent<string | ArrayBuffer>) => {
          events.push({
            atMs: performance.timeOrigin + performance.now(),
            data: typeof data === "string" ? data : decoder.decode(data),
          });
        });
      }
      return channel;
    };
  }, roomEventsLabel);
}

/** The timings of every exchange so far. */
export async function receivedTimings(page: Page): Promise<TurnTimings[]> {
  const events = await page.evaluate(() => globalThis.parleyEvents ?? []);
  return events.flatMap(({ data }) => {
    const event = roomEventSchema.safeParse(JSON.parse(data));
    return event.success && event.data.body.type === "turn-timings"
      ? [event.data.body.timings]
      : [];
  });
}
