/** Rising fourth with a later second note: friendlier than one beep. */
const notes = [
  { hertz: 440, startSeconds: 0 },
  { hertz: 587.33, startSeconds: 0.22 },
];
/** Peak that keeps two notes at once well below full scale. */
const peakGain = 0.22;
/** Attack short enough to sound struck, long enough not to click. */
const attackSeconds = 0.008;
const decaySeconds = 0.17;
/** Length after which a note has decayed by 35 dB and cannot be heard. */
const noteSeconds = 4 * decaySeconds;

/** Plays a short chime on a speaker, through an `<audio>` element as members are played. */
export async function playTestTone(deviceId: string | null): Promise<void> {
  const context = new AudioContext();
  const output = context.createMediaStreamDestination();
  const element = new Audio();
  element.srcObject = output.stream;
  if ("setSinkId" in element) await element.setSinkId(deviceId ?? "").catch(() => undefined);
  await element.play().catch(() => undefined);
  const ends = notes.map(({ hertz, startSeconds }) => {
    const startAt = context.currentTime + startSeconds;
    return playNote(context, output, hertz, startAt);
  });
  await Promise.all(ends);
  element.srcObject = null;
  await context.close();
}

/** Plays one note with the envelope of a struck bell. Resolves when it has decayed. */
function playNote(
  context: AudioContext,
  output: AudioNode,
  hertz: number,
  startAt: number,
): Promise<void> {
  const oscillator = new OscillatorNode(context, { frequency: hertz });
  const envelope = new GainNode(context, { gain: 0 });
  envelope.gain
    .setValueAtTime(0, startAt)
    .linearRampToValueAtTime(peakGain, startAt + attackSeconds)
    .setTargetAtTime(0, startAt + attackSeconds, decaySeconds);
  oscillator.connect(envelope).connect(output);
  oscillator.start(startAt);
  oscillator.stop(startAt + noteSeconds);
  return new Promise((resolve) => {
    oscillator.addEventListener("ended", () => {
      resolve();
    });
  });
}
