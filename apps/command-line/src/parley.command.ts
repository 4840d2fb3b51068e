/** The command line's program: hands the process over to `runParley`. */
import { systemClock } from "@parley/shared/async/clock";
import { ThreadedRecognizer } from "@parley/speech/transducer/recognizer/threaded-recognizer";
import { decodeAudio } from "@parley/audio/decoding/decode-audio";
import { flushDenormals } from "@parley/speech/runtime/flush-denormals";
import { FliteSynthesizer } from "@parley/speech/flite/flite-synthesizer";
import { thisMachine } from "./doctor/machine";
import { exitCodes, runParley } from "./run-parley";

const firstInterrupt = new AbortController();
const secondInterrupt = new AbortController();

function interrupt(): void {
  const reason = new DOMException("interrupted", "AbortError");
  if (!firstInterrupt.signal.aborted) firstInterrupt.abort(reason);
  else if (!secondInterrupt.signal.aborted) secondInterrupt.abort(reason);
  else process.exit(exitCodes.interrupted);
}

process.on("SIGINT", interrupt);
process.on("SIGTERM", interrupt);
// Whoever read the output, such as `head`, has had enough.
process.stdout.on("error", () => {
  firstInterrupt.abort(new DOMException("nobody reads on", "AbortError"));
  secondInterrupt.abort(new DOMException("nobody reads on", "AbortError"));
});

process.exitCode = await runParley(process.argv.slice(2), {
  environment: process.env,
  platform: process.platform,
  input: process.stdin,
  output: process.stdout,
  errors: process.stderr,
  clock: systemClock,
  machine: thisMachine,
  openRecognizer: async (settings, signal) => {
    // Before the recogniser's thread, which it is for.
    await flushDenormals();
    return await ThreadedRecognizer.open(settings, signal);
  },
  openSynthesizer: (signal) => FliteSynthesizer.open(signal),
  decodeAudio,
  firstInterrupt: firstInterrupt.signal,
  secondInterrupt: secondInterrupt.signal,
});
