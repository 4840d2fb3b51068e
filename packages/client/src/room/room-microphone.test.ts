import { setImmediate } from "node:timers/promises";
import { beforeEach, expect, it } from "vitest";
import { FakeAudioDevices } from "../testing/fake-audio-devices";
import { FakeMicrophone } from "../testing/fake-microphone";
import { choose } from "../testing/choose-microphone";
import type { MicrophoneStatus } from "./client-event";
import { ProblemError } from "../problem";
import { RoomMicrophone } from "./room-microphone";

let microphone: FakeMicrophone;
let devices: FakeAudioDevices;
let statuses: MicrophoneStatus["state"][];
let own: RoomMicrophone;

beforeEach(() => {
  microphone = new FakeMicrophone();
  devices = new FakeAudioDevices();
  statuses = [];
  own = new RoomMicrophone({
    microphone,
    devices,
    onTrack: () => undefined,
    onStatus: ({ state }) => statuses.push(state),
  });
});

it("takes the chosen microphone again when it is plugged in again, and only then", async () => {
  await own.open(choose("headset"));
  devices.plug("built-in");
  microphone.unplug();
  await setImmediate();
  devices.plug("built-in", "webcam");
  await setImmediate();
  expect(microphone.opened).toEqual(["headset", null]);
  devices.plug("built-in", "webcam", "headset");
  await setImmediate();
  expect(microphone.opened).toEqual(["headset", null, "headset"]);
  devices.plug("built-in", "headset");
  await setImmediate();
  expect(microphone.opened).toHaveLength(3);
});

it("follows the system back to the microphone that it had chosen", async () => {
  await own.open(choose(null));
  microphone.unplug();
  await setImmediate();
  devices.plug("built-in", "headset");
  await setImmediate();
  expect(microphone.opened).toEqual([null, null, null]);
});

it("takes the first microphone that is plugged in where there was none", async () => {
  devices.plug();
  microphone.failure = new ProblemError("no-microphone", "none");
  await own.open(choose(null));
  expect(statuses.at(-1)).toBe("unavailable");
  microphone.failure = null;
  devices.plug("headset");
  await setImmediate();
  expect(statuses.at(-1)).toBe("open");
});

it("keeps what was chosen about noise when the system's choice takes over, but cancels echo", async () => {
  const headset = { deviceId: "headset", suppressesNoise: false, cancelsEcho: false };
  await own.open(headset);
  microphone.unplug();
  await setImmediate();
  expect(microphone.choices.at(-1)).toEqual({ ...headset, deviceId: null, cancelsEcho: true });
  devices.plug("headset");
  await setImmediate();
  expect(microphone.choices.at(-1)).toEqual(headset);
});

it("leaves a choice made meanwhile alone, and everything once it is closed", async () => {
  await own.open(choose("headset"));
  microphone.unplug();
  await setImmediate();
  await own.open(choose("webcam"));
  devices.plug("built-in", "webcam", "headset");
  own.close();
  devices.plug("built-in");
  await setImmediate();
  expect(microphone.opened).toEqual(["headset", null, "webcam"]);
});
