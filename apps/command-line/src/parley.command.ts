/** Entry point of the command line: gives the process's I/O and engines to `runParley`. */
import { systemClock } from "@parley/shared/async/clock";
import { cacheDirectory } from "@parley/models/cache-directory";
import { openRecognizer } from "@parley/speech/engines/open-recognizer";
import { decodeAudio } from "@parley/audio/decoding/decode-audio";
import { flushDenormals } from "@parley/speech/runtime/flush-denormals";
import { useProviderLibraries } from "@parley/speech/runtime/libraries/provider-libraries";
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
// The reader of the output, such as `head`, closed the pipe.
process.stdout.on("error", () => {
  firstInterrupt.abort(new DOMException("output closed", "AbortError"));
  secondInterrupt.abort(new DOMException("output closed", "AbortError"));
});

process.exitCode = await runParley(process.argv.slice(2), {
  environment: process.env,
  platform: process.platform,
  input: process.stdin,
  output: process.stdout,
  errors: process.stderr,
  clock: systemClock,
  machine: thisMachine,
  openRecognizer: async (choice, signal) => {
    await useProviderLibraries(cacheDirectory(process.env));
    // Has to precede the recogniser's thread, which inherits it.
    await flushDenormals();
    return await openRecognizer(choice, signal);
  },
  openSynthesizer: (signal) => FliteSynthesizer.open(signal),
  decodeAudio,
  firstInterrupt: firstInterrupt.signal,
  secondInterrupt: secondInterrupt.signal,
});
