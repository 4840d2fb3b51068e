import { FakeClock } from "@parley/shared/testing/fake-clock";
import { describe, expect, it } from "vitest";
import { MicrophoneFeed } from "./microphone-feed";

function feed(parts: { isPaced?: boolean; waitingMs?: () => number } = {}) {
  const clock = new FakeClock();
  const startMs = clock.now();
  const heard: { atMs: number; stampMs: number }[] = [];
  const microphone = new MicrophoneFeed({
    clock,
    isPaced: () => parts.isPaced ?? true,
    waitingMs: parts.waitingMs ?? (() => 0),
    hear: (_samples, stampMs) =>
      heard.push({ atMs: clock.now() - startMs, stampMs: stampMs - startMs }),
  });
  const push = (ms: number) => {
    microphone.push(new Int16Array(ms * 16));
  };
  return { clock, heard, microphone, push, startMs };
}

describe("MicrophoneFeed", () => {
  it("hands pieces of a live microphone on at once", () => {
    const { heard, push } = feed();
    push(200);
    expect(heard).toHaveLength(10);
    expect(heard.at(-1)).toEqual({ atMs: 0, stampMs: 180 });
  });

  it("lets sound that comes too fast go on at the speed of speech, then faster", async () => {
    const { clock, heard, push } = feed();
    push(900);
    expect(heard).toHaveLength(21);
    await clock.advance(500);
    expect(heard).toHaveLength(45);
    push(6_400);
    await clock.advance(1_000);
    expect(heard.length - 45).toBeGreaterThan(70);
  });

  it("waits for nothing where nobody measures pauses", () => {
    const { heard, push } = feed({ isPaced: false });
    push(10_000);
    expect(heard).toHaveLength(500);
  });

  it("waits while too much is unheard further on", async () => {
    let waitingMs = 2_000;
    const { clock, heard, push } = feed({ isPaced: false, waitingMs: () => waitingMs });
    push(100);
    await clock.advance(1_000);
    expect(heard).toEqual([]);
    waitingMs = 0;
    await clock.advance(20);
    expect(heard).toHaveLength(5);
  });

  it("keeps marks in their place, also when what waits is forgotten", async () => {
    const { clock, heard, microphone, push } = feed();
    const marks: number[] = [];
    push(600);
    microphone.mark(() => marks.push(heard.length));
    await clock.advance(300);
    expect(marks).toEqual([30]);
    push(5_000);
    microphone.mark(() => marks.push(heard.length));
    microphone.clear();
    expect(marks).toHaveLength(2);
    expect(microphone.queuedMs).toBe(0);
    expect(microphone.receivedMs).toBe(5_600);
  });

  it("knows the place of a moment in the sound, over gaps", async () => {
    const { clock, microphone, push, startMs } = feed();
    push(200);
    await clock.advance(10_000);
    push(200);
    expect(microphone.soundMsAt(startMs + 100)).toBe(100);
    expect(microphone.soundMsAt(startMs + 10_060)).toBe(260);
  });
});
