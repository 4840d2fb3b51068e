import { NatsServer, whyNoNats } from "@parley/fleet/testing/nats-server";
import type { WorkerDirectory } from "@parley/media-server/contracts/inference-worker";
import { silentLog } from "@parley/media-server/contracts/log";
import { openDirectory } from "@parley/media-server/workers/open-directory";
import { systemClock } from "@parley/shared/async/clock";
import { joinAudio, loadAudio } from "@parley/speech/testing/audio-fixtures";
import { afterEach, describe, expect, it, vi } from "vitest";
import { AgentRoom } from "./agent-room";
import { InferenceProcess } from "./inference-process";

const speech = loadAudio(
  new URL("../../packages/speech/src/transducer/fixtures/audio/time_slt.wav", import.meta.url),
);
const silence = (seconds: number) => new Int16Array(seconds * 16_000);

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** On a machine that runs every other test meanwhile, three workers take long to start. */
const until = (check: () => void) => vi.waitFor(check, { timeout: 200_000, interval: 10 });

/** Three workers that are found through NATS, or by a list where NATS is not installed. */
async function startFleet() {
  const nats = whyNoNats === null ? await NatsServer.start() : null;
  closers.push(() => nats?.stop());
  const environment: Record<string, string> = nats === null ? {} : { NATS_URL: nats.url };
  const starts = [0, 1, 2].map(() => InferenceProcess.start(environment));
  const workers = await Promise.all(starts);
  closers.push(() => Promise.all(workers.map((worker) => worker.stop())));
  const settings = {
    inferenceUrls: workers.map(({ url }) => url),
    inferenceKey: null,
    natsServers: nats === null ? null : [nats.url],
  };
  const directory = openDirectory(settings, { clock: systemClock, log: silentLog });
  closers.push(() => directory.close());
  await until(() => {
    expect(directory.workers.filter(({ isReady }) => isReady)).toHaveLength(3);
  });
  return { workers, directory };
}

/** The worker among these that has the room, as its load tells. */
async function workerOf(
  directory: WorkerDirectory,
  workers: readonly InferenceProcess[],
): Promise<InferenceProcess> {
  const isBusy = ({ url }: InferenceProcess) =>
    directory.workers.some((known) => known.url === url && (known.card?.load ?? 0) > 0);
  return await vi.waitFor(
    () => {
      const found = workers.find(isBusy);
      if (found === undefined) throw new TypeError("no worker has the room");
      return found;
    },
    { timeout: 60_000, interval: 10 },
  );
}

async function openRoom(directory: WorkerDirectory): Promise<AgentRoom> {
  const room = await AgentRoom.open(directory);
  closers.push(() => {
    room.close();
  });
  await until(() => {
    expect(room.readyAtMs).toHaveLength(1);
  });
  return room;
}

describe("workers that are killed", () => {
  it("lose their room to the next, with the turn in hand, and a reply marked as cut off", async () => {
    const { workers, directory } = await startFleet();
    const room = await openRoom(directory);
    const turn = { kind: "turn", text: "what time is it", isFinal: true, isInterrupted: false };

    // Within a turn: no word of it is lost.
    const first = await workerOf(directory, workers);
    let killedAtMs = 0;
    await room.say(joinAudio([silence(0.5), speech, silence(1)]), (atMs) => {
      if (atMs < 1_000 || killedAtMs > 0) return;
      killedAtMs = systemClock.now();
      void first.kill();
    });
    await until(() => {
      expect(room.lines[0]).toEqual(turn);
      expect(room.lines[1]).toMatchObject({ kind: "reply", isFinal: false });
    });
    const backMs = Math.round(room.readyAtMs[1]! - killedAtMs);
    console.log(`another worker had the room ${backMs} ms after the kill`);

    // Within the reply: it is marked as cut off, and the conversation goes on.
    const rest = workers.filter((worker) => worker !== first);
    const second = await workerOf(directory, rest);
    await second.kill();
    await until(() => {
      expect(room.readyAtMs).toHaveLength(3);
      expect(room.lines[1]).toMatchObject({ kind: "reply", isFinal: true, isInterrupted: true });
    });
    await room.say(joinAudio([silence(0.5), speech, silence(1)]));
    await until(() => {
      expect(room.lines).toEqual([
        turn,
        expect.objectContaining({ kind: "reply", isInterrupted: true }),
        turn,
        expect.objectContaining({ kind: "reply" }),
      ]);
    });
  }, 500_000);
});
