import { newId, type MemberId, type ReplyId } from "@parley/shared/protocol/ids";
import { describe, expect, it } from "vitest";
import { EchoControl } from "./echo-control";

const frameSamples = 320;
const startMs = 1_700_000_000_000;
const memberId = newId<MemberId>();
const replyId = newId<ReplyId>();

/** Something like speech: a few harmonics whose loudness and pitch wander, the same for each seed. */
function voice(seconds: number, seed: number): Int16Array {
  let state = seed;
  const random = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  const syllables = Array.from({ length: Math.ceil(seconds * 6) }, () => ({
    pitch: 90 + 120 * random(),
    loudness: random() < 0.2 ? 0.02 : 0.3 + random(),
    tilt: 0.3 + random(),
    formant: 400 + 2_200 * random(),
  }));
  let phase = 0;
  return Int16Array.from({ length: seconds * 16_000 }, (_, at) => {
    const syllable = syllables[Math.floor((at * 6) / 16_000)];
    if (syllable === undefined) return 0;
    phase += (2 * Math.PI * syllable.pitch) / 16_000;
    let sum = 0;
    for (let harmonic = 1; harmonic <= 20; harmonic++) {
      const distance = (harmonic * syllable.pitch - syllable.formant) / 500;
      const strength = harmonic ** -syllable.tilt + 2 * Math.exp(-distance * distance);
      sum += strength * Math.sin(harmonic * phase);
    }
    return 900 * syllable.loudness * sum;
  });
}

/** Plays the agent's voice, and gives back what the recogniser gets of a microphone. */
function hear(
  agent: Int16Array,
  microphone: (at: number) => number,
  { jitterMs = 0 }: { jitterMs?: number } = {},
) {
  const echo = new EchoControl();
  echo.sent({
    kind: "reply",
    id: replyId,
    sequence: 0,
    sampleRate: 16_000,
    stampMs: 0,
    samples: agent,
  });
  const silenced: boolean[] = [];
  for (let frame = 0; (frame + 1) * frameSamples <= agent.length; frame++) {
    const atMs = startMs + frame * 20;
    if (frame % 5 === 0) {
      const state = frame === 0 ? "started" : "progress";
      echo.reported({ type: "playout", replyId, state, playedMs: frame * 20 + 20, atMs });
    }
    const samples = Int16Array.from({ length: frameSamples }, (_, at) =>
      microphone(frame * frameSamples + at),
    );
    const stampMs = atMs + (frame % 3 === 0 ? jitterMs : 0);
    const passed = echo.clean(memberId, samples, stampMs);
    silenced.push(samples.some((x) => x !== 0) && passed.every((x) => x === 0));
  }
  const share = (fromSeconds: number, toSeconds: number) => {
    const part = silenced.slice(fromSeconds * 50, toSeconds * 50);
    return part.filter(Boolean).length / part.length;
  };
  return { share };
}

const agent = voice(8, 7);
const person = voice(8, 99);
/** The agent's voice as it comes back, so many samples later. */
const echoed = (at: number, decibels: number, delayMs: number) =>
  (agent[at - delayMs * 16] ?? 0) * 10 ** (decibels / 20);

describe("a microphone that hears the agent", () => {
  it.each([
    [-10, 60],
    [-20, 105],
    [-30, 255],
    [-45, 333],
  ])("is silent after a second: %i dB, %i ms", (decibels, delayMs) => {
    const { share } = hear(agent, (at) => echoed(at, decibels, delayMs));
    expect(share(1.5, 8)).toBeGreaterThan(0.9);
  });

  it("is silent though its stamps hurry and tarry", () => {
    const { share } = hear(agent, (at) => echoed(at, -20, 120), { jitterMs: 30 });
    expect(share(2, 8)).toBeGreaterThan(0.85);
  });

  it("hears who speaks over it", () => {
    const { share } = hear(agent, (at) => {
      const speech = at >= 4 * 16_000 && at < 6 * 16_000 ? (person[at] ?? 0) : 0;
      return echoed(at, -20, 150) + speech;
    });
    expect(share(2, 4)).toBeGreaterThan(0.9);
    expect(share(4, 6)).toBeLessThan(0.35);
    expect(share(6.2, 8)).toBeGreaterThan(0.85);
  });
});

describe("a microphone that does not hear the agent", () => {
  it("hears who speaks while the agent does", () => {
    const { share } = hear(agent, (at) => person[at] ?? 0);
    expect(share(0, 8)).toBe(0);
  });

  it("hears who speaks softly while the agent does", () => {
    const { share } = hear(agent, (at) => (person[at] ?? 0) / 30);
    expect(share(0, 8)).toBe(0);
  });
});
