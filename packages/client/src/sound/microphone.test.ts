import { afterEach, expect, it, vi } from "vitest";
import { choose } from "../testing/choose-microphone";
import { Microphone } from "./microphone";

type Constraints = { audio: MediaTrackConstraints };

/** Stubs `getUserMedia` of the browser. */
function answer(getUserMedia: (constraints: Constraints) => Promise<MediaStream>): void {
  vi.stubGlobal("navigator", { mediaDevices: { getUserMedia } });
}

function streamOf(track: EventTarget & { stop?: () => void }): MediaStream {
  track.stop ??= vi.fn();
  return { getAudioTracks: () => [track], getTracks: () => [track] } as unknown as MediaStream;
}

function microphone(): Microphone {
  const meter = { level: () => 0.5, resume: () => undefined, close: () => undefined };
  return new Microphone({ createMeter: () => meter });
}

afterEach(() => {
  vi.unstubAllGlobals();
});

it.each([
  ["NotAllowedError", "permission-denied"],
  ["NotFoundError", "no-microphone"],
  ["NotReadableError", "microphone-in-use"],
  ["TypeError", "unsupported-browser"],
])("maps %s to %s", async (name, code) => {
  answer(() => Promise.reject(new DOMException("", name)));
  await expect(microphone().open(choose(null))).rejects.toMatchObject({ code });
});

it("reports a page that is not secure", async () => {
  vi.stubGlobal("navigator", {});
  vi.stubGlobal("isSecureContext", false);
  await expect(microphone().open(choose(null))).rejects.toMatchObject({ code: "insecure-page" });
});

it("requests speech processing and falls back to another device when the chosen one is gone", async () => {
  const requested: Constraints[] = [];
  const track = new EventTarget();
  answer((constraints) => {
    requested.push(constraints);
    return constraints.audio.deviceId === undefined
      ? Promise.resolve(streamOf(track))
      : Promise.reject(new DOMException("", "OverconstrainedError"));
  });
  await expect(microphone().open(choose("gone"))).resolves.toBe(track);
  expect(requested[1]?.audio).toMatchObject({
    echoCancellation: true,
    noiseSuppression: true,
  });
});

it("leaves noise and echo in where that was chosen", async () => {
  const requested: Constraints[] = [];
  answer((constraints) => {
    requested.push(constraints);
    return Promise.resolve(streamOf(new EventTarget()));
  });
  await microphone().open({ deviceId: null, suppressesNoise: false, cancelsEcho: true });
  expect(requested[0]?.audio).toMatchObject({ echoCancellation: true, noiseSuppression: false });
  await microphone().open({ deviceId: null, suppressesNoise: true, cancelsEcho: false });
  expect(requested[1]?.audio).toMatchObject({ echoCancellation: false, noiseSuppression: true });
});

it("emits when unplugged, but not when replaced or closed", async () => {
  const tracks = [new EventTarget(), new EventTarget()];
  answer(() => Promise.resolve(streamOf(tracks.shift() ?? new EventTarget())));
  const opened = microphone();
  const onEvent = vi.fn();
  opened.subscribe(onEvent);
  const first = await opened.open(choose(null));
  const second = await opened.open(choose("other"));
  first.dispatchEvent(new Event("ended"));
  expect(onEvent).not.toHaveBeenCalled();
  expect(opened.level()).toBe(0.5);
  second.dispatchEvent(new Event("ended"));
  expect(onEvent).toHaveBeenCalledTimes(1);
  expect(opened.level()).toBe(0);
});

it("stops a device that opens after close", async () => {
  const stop = vi.fn();
  answer(() => Promise.resolve(streamOf(Object.assign(new EventTarget(), { stop }))));
  const opened = microphone();
  const opening = opened.open(choose(null));
  opened.close();
  await expect(opening).rejects.toMatchObject({ name: "AbortError" });
  expect(stop).toHaveBeenCalled();
});
