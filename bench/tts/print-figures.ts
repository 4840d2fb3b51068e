import { round } from "../support/percentiles";
import { printTable } from "../support/table";
import type { FloorFigures } from "./floor/measure-floor";
import type { SpeechFigures } from "./measure-speech";

export type ThreadFigures = { threads: number; speech: SpeechFigures; floor: FloorFigures };

/** Prints one table per model: the engine's figures, and the floor below them. */
export function printFigures({ threads, speech, floor }: ThreadFigures): void {
  console.log(`\n  ${threads} thread${threads === 1 ? "" : "s"} a graph:`);
  printTable(
    [
      "streams",
      "first audio ms",
      "real-time factor",
      "core s per s",
      "steps/s",
      "step ms",
      "bare decoder + sampler ms",
      "weights alone ms",
      "MiB",
    ],
    speech.streams.map((row, index) => {
      const below = floor.steps[index];
      return [
        row.streams,
        row.firstAudioMs.p50,
        row.realTimeFactor,
        row.coreSeconds,
        row.stepsPerSecond,
        row.stepMs.p50,
        below === undefined ? "" : round(below.bareDecoderMs + below.bareSamplerMs),
        below?.weightsMs ?? "",
        row.residentMiB,
      ];
    }),
  );
  const { firstAudioMs, eightOverOne, cancel } = speech;
  console.log(`first audio of one stream: p50 ${firstAudioMs.p50} ms, max ${firstAudioMs.max} ms`);
  if (eightOverOne !== null) {
    console.log(`a step of eight streams takes ${eightOverOne} times that of one`);
  }
  console.log(
    `given up to freed place: p50 ${cancel.ms.p50} ms, at most ${cancel.ms.max} ms and ${cancel.steps.max} steps`,
  );
  console.log(
    `bare codec: ${floor.bareCodecFrameMs} ms a frame of 46.4 ms; a copy moves ${floor.copySpeed} GB/s`,
  );
}
