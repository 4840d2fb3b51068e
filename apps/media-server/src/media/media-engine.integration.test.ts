import { systemClock } from "@parley/shared/async/clock";
import { newId, type MemberId, type RoomId } from "@parley/shared/protocol/ids";
import { agentSettingsSchema } from "@parley/shared/protocol/rooms-api";
import type { types } from "mediasoup";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { audioLevel } from "../audio/audio-level";
import { createVoiceEncoder } from "../audio/opus-codec";
import { silentLog, type Log } from "../contracts/log";
import type { MediaEngine, MediaEngineEvent } from "../contracts/media-engine";
import { CodedWarnings } from "../logging/coded-warnings";
import { FakeInference } from "../testing/fake-inference";
import { findWorkerBin } from "../testing/find-worker-bin";
import { TapRegister } from "./microphone/tap-register";
import { MediaRoom } from "./sfu/media-room";
import { MediaWorkerPool } from "./sfu/media-worker-pool";
import { defaultTapSettings, type TapFrame } from "./microphone/microphone-tap";
import { ThreadedEngine } from "./thread/threaded-engine";
import { VoiceTrack } from "./voice/voice-track";

const workerBin = findWorkerBin();
const listen = { port: 0, listenIps: ["127.0.0.1"], announcedAddresses: [], workers: 1, workerBin };
const clock = systemClock;
const roomId = newId<RoomId>();
const memberId = newId<MemberId>();

/** Polls in real time: worker processes and sockets know no fake clock. */
const until = (check: () => void | Promise<void>) =>
  vi.waitFor(check, { timeout: 10_000, interval: 10 });

const title = workerBin === null ? "mediasoup (no worker: see `npm run setup`)" : "mediasoup";

describe.skipIf(workerBin === null)(title, () => {
  test("a member's RTP becomes frames of speech", async () => {
    const pool = new MediaWorkerPool(listen, clock, silentLog);
    await pool.start();
    const frames: TapFrame[] = [];
    const warnings = new CodedWarnings(silentLog, clock);
    const taps = new TapRegister();
    const context = { clock, tap: defaultTapSettings, taps, warnings };
    const room = await MediaRoom.open(1, pool.take(), context, {
      onFrame: (_memberId, frame) => frames.push(frame),
      onMemberEvent: () => undefined,
      onProducerClosed: () => undefined,
    });
    const track = new VoiceTrack(await createVoiceEncoder());
    const voice = await room.produceVoice(track.ssrc);
    await room.tapProducer(memberId, voice.id);
    for (let index = 0; index < 50; index++) {
      const tone = Int16Array.from({ length: 480 }, (_, at) =>
        Math.round(8_000 * Math.sin((index * 480 + at) / 10)),
      );
      voice.send(track.packetize(tone, index));
      voice.send(Buffer.from("this is no RTP"));
    }
    await until(() => {
      expect(frames.length).toBeGreaterThanOrEqual(50);
    });
    expect(frames.every(({ samples }) => samples.length === 320)).toBe(true);
    expect(audioLevel(frames[25]!.samples)).toBeLessThan(20);
    expect(taps.statistics).toMatchObject({ open: 1, packets: { lost: 0, malformed: 0 } });
    expect(taps.statistics.packets.received).toBeGreaterThanOrEqual(50);
    room.close();
    expect(taps.statistics.open).toBe(0);
    pool.close();
  });

  test("members who leave while their transports are being made leave none behind", async () => {
    let open = 0;
    const pool = new MediaWorkerPool(listen, clock, silentLog);
    await pool.start();
    const worker = pool.take();
    const warnings = new CodedWarnings(silentLog, clock);
    const taps = new TapRegister();
    const context = { clock, tap: defaultTapSettings, taps, warnings };
    const onNewRouter = (router: types.Router) => {
      router.observer.on("newtransport", (transport) => {
        open += 1;
        transport.observer.on("close", () => (open -= 1));
      });
    };
    worker.worker.observer.on("newrouter", onNewRouter);
    const room = await MediaRoom.open(1, worker, context, {
      onFrame: () => undefined,
      onMemberEvent: () => undefined,
      onProducerClosed: () => undefined,
    });
    const openBefore = open;
    const leavers = Array.from({ length: 20 }, () => newId<MemberId>());
    await Promise.all(
      leavers.map(async (leaver) => {
        const peer = room.peer(leaver);
        const coming = [peer.createTransport("send"), peer.createTransport("receive")];
        room.removePeer(leaver);
        const results = await Promise.allSettled(coming);
        expect(results.every(({ status }) => status === "rejected")).toBe(true);
        expect(() => room.peer(leaver)).toThrow("has left");
      }),
    );
    expect(open).toBe(openBefore);
    room.close();
    expect(open).toBe(0);
    pool.close();
  });

  describe("in its thread", () => {
    let inference: FakeInference;
    let engine: MediaEngine;
    let events: MediaEngineEvent[];
    let workerPids: number[];

    beforeEach(async () => {
      inference = new FakeInference();
      await inference.start();
      workerPids = [];
      const info = (fields: object) => {
        if ("pid" in fields) workerPids.push(fields.pid as number);
      };
      const log: Log = { ...silentLog, info };
      engine = await ThreadedEngine.start(
        {
          ...listen,
          inferenceWorkers: [{ url: inference.url, isReady: true, card: null }],
          inferenceKey: null,
        },
        clock,
        log,
      );
      events = [];
      engine.subscribe((event) => events.push(event));
    });

    afterEach(async () => {
      await engine.close();
      await inference.stop();
    });

    const types = () => events.map(({ type }) => type);

    test("rooms and transports open; unknown ids and bad parameters are refused", async () => {
      expect(await engine.status({})).toMatchObject({ isReady: true });
      const at = { roomId, memberId };
      await expect(engine.createTransport({ ...at, direction: "send" })).rejects.toMatchObject({
        code: "media-unavailable",
      });
      const opened = await engine.openRoom({ roomId });
      expect(await engine.openRoom({ roomId })).toEqual(opened);
      const transport = await engine.createTransport({ ...at, direction: "send" });
      expect(transport.iceCandidates).toMatchObject([
        { protocol: "udp", ip: "127.0.0.1" },
        { protocol: "tcp", ip: "127.0.0.1" },
      ]);
      const { transportId } = transport;
      await expect(
        engine.produce({ ...at, transportId: "none", rtpParameters: {}, isMuted: false }),
      ).rejects.toMatchObject({ code: "not-found" });
      for (const rtpParameters of [{}, { codecs: 7 }, { codecs: [{ mimeType: "audio/opus" }] }]) {
        await expect(
          engine.produce({ ...at, transportId, rtpParameters, isMuted: false }),
        ).rejects.toMatchObject({ code: "invalid-request" });
      }
      await expect(
        engine.connectTransport({ ...at, transportId, dtlsParameters: { fingerprints: "x" } }),
      ).rejects.toMatchObject({ code: "invalid-request" });
      expect((await engine.restartIce({ ...at, transportId })).iceParameters).toHaveProperty(
        "usernameFragment",
      );
      expect(await engine.status({})).toMatchObject({ isReady: true });
    });

    test("the agent's voice and link open, with control messages both ways", async () => {
      await engine.openRoom({ roomId });
      const { producerId } = await engine.openAgent({ roomId, wish: { voice: "", language: "" } });
      expect(producerId).toBeTruthy();
      await until(() => {
        expect(types()).toContain("link-opened");
      });
      const agent = agentSettingsSchema.parse({ name: "A", greeting: "" });
      await engine.sendToAgent({
        roomId,
        request: { type: "session-open", protocol: 1, roomId, agent, members: [], history: [] },
      });
      await until(() => {
        expect(events.at(-1)).toMatchObject({ notice: { type: "session-ready" } });
      });
    });

    test("a dead worker is replaced, and its rooms reopen under a new epoch", async () => {
      const before = await engine.openRoom({ roomId });
      await engine.openAgent({ roomId, wish: { voice: "", language: "" } });
      process.kill(workerPids[0]!, "SIGKILL");
      await until(() => {
        expect(types()).toContain("room-lost");
      });
      await until(async () => {
        const after = await engine.openRoom({ roomId });
        expect(after.mediaEpoch).toBeGreaterThan(before.mediaEpoch);
      });
      expect(
        (await engine.openAgent({ roomId, wish: { voice: "", language: "" } })).producerId,
      ).toBeTruthy();
    });
  });
});
