import { loadSpeex } from "@parley/audio/resampling/speex";
import { systemClock } from "@parley/shared/async/clock";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import type { types } from "mediasoup";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readOffer } from "./calls/sdp/read-offer";
import { offers } from "./calls/sdp/testing/offers";
import type { CallEnd, CallId } from "./contracts/call";
import { silentLog } from "./contracts/log";
import { FakeRealtime } from "./testing/fake-realtime";
import { findWorkerBin } from "./testing/find-worker-bin";
import { LastingCounts } from "./media/lasting-counts";
import { TapRegister } from "./media/microphone/tap-register";
import { noDroppedFrames } from "./media/no-dropped-frames";
import { MediaWorkerPool, type MediaWorker } from "./media/sfu/media-worker-pool";
import { WorkerChooser } from "./media/worker-chooser";
import { CallMedia } from "./media/calls/call-media";
import { MediaCalls } from "./media/calls/media-calls";

const workerBin = findWorkerBin();
const listen = { port: 0, listenIps: ["127.0.0.1"], announcedAddresses: [], workers: 1, workerBin };
const session = { model: "gpt-realtime", secret: null, settings: null };
const until = (check: () => void) => vi.waitFor(check, { timeout: 20_000, interval: 10 });

describe.skipIf(workerBin === null)("calls", () => {
  let realtime: FakeRealtime;
  let pool: MediaWorkerPool;
  let worker: MediaWorker;
  let taps: TapRegister;
  let calls: MediaCalls;
  let ended: [string, CallEnd][];
  /** Transports of all routers that are open. */
  let transports: number;

  beforeEach(async () => {
    realtime = await new FakeRealtime().start();
    pool = new MediaWorkerPool(listen, systemClock, silentLog);
    await pool.start();
    worker = pool.take();
    [ended, transports] = [[], 0];
    worker.worker.observer.on("newrouter", (router: types.Router) => {
      router.observer.on("newtransport", (transport) => {
        transports += 1;
        transport.observer.on("close", () => (transports -= 1));
      });
    });
    taps = new TapRegister();
    calls = new MediaCalls({
      pool,
      taps,
      inferenceKey: null,
      clock: systemClock,
      workers: new WorkerChooser([{ url: realtime.url, isReady: true, card: null }]),
      dropped: new LastingCounts(noDroppedFrames),
      speex: await loadSpeex(),
      onEnded: (callId, reason) => ended.push([callId, reason]),
    });
  });
  afterEach(async () => {
    calls.close();
    pool.close();
    await realtime.stop();
  });

  const open = (id: string, sdp: string = offers.chromium) =>
    calls.open({ callId: id as CallId, offer: readOffer(sdp).call, session });

  it.each(["chromium", "firefox", "safari"] as const)("%s's offer is taken", async (browser) => {
    const opened = await open("rtc_1", offers[browser]);
    expect(opened).toMatchObject({
      iceParameters: { usernameFragment: expect.any(String) as string },
      iceCandidates: [{ protocol: "udp", address: "127.0.0.1" }, { protocol: "tcp" }],
      sctp: { port: 5_000 },
      voice: { ssrc: expect.any(Number) as number },
    });
    expect(opened.fingerprints.map(({ algorithm }) => algorithm)).toContain("sha-256");
    expect([calls.size, transports, taps.statistics.open, realtime.size]).toEqual([1, 2, 1, 1]);
  });

  it("end with all that they opened, when they are hung up or the server stops", async () => {
    await Promise.all(["rtc_1", "rtc_2", "rtc_3"].map((id) => open(id)));
    expect([calls.size, transports, realtime.size]).toEqual([3, 6, 3]);
    calls.end("rtc_1" as CallId);
    calls.end("rtc_1" as CallId);
    await until(() => {
      expect(ended).toEqual([["rtc_1", "hung-up"]]);
    });
    calls.close();
    await until(() => {
      expect(realtime.size).toBe(0);
    });
    expect([calls.size, transports, taps.statistics.open]).toEqual([0, 0, 0]);
    await expect(open("rtc_4")).rejects.toMatchObject({ code: "agent-unavailable" });
  });

  it("end when inference is gone", async () => {
    await open("rtc_1");
    await realtime.stop();
    await until(() => {
      expect(ended).toEqual([["rtc_1", "session-lost"]]);
    });
    expect([calls.size, transports, taps.statistics.open]).toEqual([0, 0, 0]);
  });

  it("end when their media worker dies", async () => {
    await open("rtc_1");
    process.kill(worker.worker.pid, "SIGKILL");
    await until(() => {
      expect(ended).toEqual([["rtc_1", "media-lost"]]);
      expect(realtime.size).toBe(0);
    });
  });

  it("whose parameters mediasoup refuses leave nothing behind", async () => {
    const sdp = offers.chromium.replaceAll("sha-256", "sha-999");
    await expect(open("rtc_1", sdp)).rejects.toMatchObject({ code: "invalid-request" });
    await until(() => {
      expect([calls.size, transports, realtime.size]).toEqual([0, 0, 0]);
    });
    expect(ended).toEqual([]);
  });

  it("whose browser never comes end", async () => {
    const clock = new FakeClock();
    const reasons: CallEnd[] = [];
    const media = await CallMedia.open(
      { worker, offer: readOffer(offers.chromium).call, ssrc: 1_000, clock, taps },
      {
        onFrame: () => undefined,
        onText: () => undefined,
        onEnd: (reason) => reasons.push(reason),
      },
    );
    await clock.advance(29_000);
    expect(reasons).toEqual([]);
    await clock.advance(2_000);
    expect(reasons).toEqual(["never-connected"]);
    media.close();
    expect(transports).toBe(0);
  });
});
