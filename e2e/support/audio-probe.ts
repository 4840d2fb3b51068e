import type { Page } from "@playwright/test";

/** One chunk of sound as the browser handled it, about 10 ms long. */
export type ProbedChunk = {
  /** Unix time in ms at which the chunk passed. */
  atMs: number;
  /** Root mean square of the samples, 0 to 1. */
  level: number;
};

export type ProbedAudio = { sampleRate: number; chunks: ProbedChunk[]; samples: Int16Array };

type ProbedTrack = {
  sampleRate: number;
  times: number[];
  levels: number[];
  pcm: Int16Array[];
  /** For each device that was opened, the chunk at which its sound begins. */
  openings: number[];
};

declare global {
  // The probe runs inside the page and is read from outside.
  var parleyProbe: { microphone: ProbedTrack; agent: ProbedTrack } | undefined;
}

/**
 * Listens, inside the page, to the microphone's track and to the agent's track just where they are
 * played, and keeps every sample with the time at which it passed. Install before the first
 * navigation; a reload starts it anew.
 */
export async function installAudioProbe(page: Page): Promise<void> {
  // Some TypeScript loaders wrap named functions in a call of this helper, which the page lacks.
  await page.addInitScript("globalThis.__name ??= (named) => named;");
  await page.addInitScript(() => {
    const newTrack = () => ({ sampleRate: 48_000, times: [], levels: [], pcm: [], openings: [] });
    const probe: NonNullable<typeof globalThis.parleyProbe> = {
      microphone: newTrack(),
      agent: newTrack(),
    };
    globalThis.parleyProbe = probe;

    const watch = async (track: MediaStreamTrack, into: ProbedTrack) => {
      const Processor = (
        globalThis as unknown as {
          MediaStreamTrackProcessor: new (init: {
            track: MediaStreamTrack;
            maxBufferSize: number;
          }) => { readable: ReadableStream<AudioData> };
        }
      ).MediaStreamTrackProcessor;
      // Chunks that a page too busy to take them may fall behind by before one is lost: 10 s.
      const maxBufferSize = 1_000;
      const reader = new Processor({ track, maxBufferSize }).readable.getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        const samples = new Float32Array(value.numberOfFrames);
        value.copyTo(samples, { planeIndex: 0, format: "f32-planar" });
        into.sampleRate = value.sampleRate;
        value.close();
        let sum = 0;
        for (const sample of samples) sum += sample * sample;
        into.times.push(performance.timeOrigin + performance.now());
        into.levels.push(Math.sqrt(sum / samples.length));
        into.pcm.push(Int16Array.from(samples, (sample) => Math.round(sample * 32_767)));
      }
    };

    const devices = navigator.mediaDevices;
    const getUserMedia = devices.getUserMedia.bind(devices);
    let watched: MediaStreamTrack | undefined;
    devices.getUserMedia = async (constraints) => {
      const stream = await getUserMedia(constraints);
      // A clone is heard while the page mutes its own track, and holds the device open until it is
      // stopped: the one before would keep the page from ever letting go of a device.
      watched?.stop();
      watched = stream.getAudioTracks()[0]?.clone();
      probe.microphone.openings.push(probe.microphone.levels.length);
      if (watched !== undefined) void watch(watched, probe.microphone);
      return stream;
    };

    const seen = new WeakSet<MediaStreamTrack>();
    setInterval(() => {
      const element = document.querySelector("audio[data-agent-audio]");
      if (!(element instanceof HTMLAudioElement)) return;
      if (!(element.srcObject instanceof MediaStream)) return;
      const track = element.srcObject.getAudioTracks()[0];
      if (track === undefined || seen.has(track)) return;
      seen.add(track);
      void watch(track, probe.agent);
    }, 20);
  });
}

/**
 * What passed through one of the two tracks since the page was loaded.
 *
 * @param from the chunk to begin with
 */
export async function probedAudio(
  page: Page,
  which: "microphone" | "agent",
  from = 0,
): Promise<ProbedAudio> {
  const argument = [which, from] as const;
  const track = await page.evaluate(([name, first]) => {
    const probed = globalThis.parleyProbe?.[name];
    if (probed === undefined) throw new Error("the audio probe is not installed");
    const pcm = probed.pcm.slice(first);
    const length = pcm.reduce((sum, chunk) => sum + chunk.length, 0);
    const joined = new Int16Array(length);
    let at = 0;
    for (const chunk of pcm) {
      joined.set(chunk, at);
      at += chunk.length;
    }
    const bytes = new Uint8Array(joined.buffer);
    let binary = "";
    for (let start = 0; start < bytes.length; start += 32_768) {
      binary += String.fromCharCode(...bytes.subarray(start, start + 32_768));
    }
    return {
      sampleRate: probed.sampleRate,
      times: probed.times.slice(first),
      levels: probed.levels.slice(first),
      pcm: btoa(binary),
    };
  }, argument);
  const bytes = Uint8Array.from(Buffer.from(track.pcm, "base64"));
  return {
    sampleRate: track.sampleRate,
    chunks: track.times.map((atMs, index) => ({ atMs, level: track.levels[index] ?? 0 })),
    samples: new Int16Array(bytes.buffer),
  };
}

/** Loudness of a chunk that holds speech rather than comfort noise. */
export const audibleLevel = 0.004;
