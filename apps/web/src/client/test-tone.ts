const sampleRate = 24_000;
const durationMs = 900;
/** A rising fourth, the second note coming in later: friendlier than one beep. */
const notes = [
  { hertz: 440, startMs: 0 },
  { hertz: 587.33, startMs: 220 },
];

/** Plays a short chime on a speaker, the way that members are played. */
export async function playTestTone(deviceId: string | null): Promise<void> {
  const url = URL.createObjectURL(new Blob([wave()], { type: "audio/wav" }));
  const element = new Audio(url);
  element.addEventListener("ended", () => {
    URL.revokeObjectURL(url);
  });
  if ("setSinkId" in element) await element.setSinkId(deviceId ?? "").catch(() => undefined);
  await element.play().catch(() => undefined);
}

/** The chime as a 16-bit mono WAV file. */
function wave(): ArrayBuffer {
  const count = (sampleRate * durationMs) / 1_000;
  const view = new DataView(new ArrayBuffer(44 + count * 2));
  const text = (at: number, value: string) => {
    for (let index = 0; index < value.length; index++) {
      view.setUint8(at + index, value.charCodeAt(index));
    }
  };
  text(0, "RIFF");
  view.setUint32(4, 36 + count * 2, true);
  text(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, "data");
  view.setUint32(40, count * 2, true);
  for (let index = 0; index < count; index++) {
    const timeMs = (index * 1_000) / sampleRate;
    let sample = 0;
    for (const note of notes) {
      const sinceMs = timeMs - note.startMs;
      if (sinceMs < 0) continue;
      const envelope = Math.min(1, sinceMs / 8) * Math.exp(-sinceMs / 170);
      sample += 0.22 * envelope * Math.sin((2 * Math.PI * note.hertz * sinceMs) / 1_000);
    }
    view.setInt16(44 + index * 2, Math.round(sample * 32_767), true);
  }
  return view.buffer;
}
