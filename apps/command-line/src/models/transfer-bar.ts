import { SpeedMeter } from "@parley/models/speed-meter";
import type { Clock } from "@parley/shared/async/clock";
import { SingleBar } from "cli-progress";
import { barLook } from "../bar-look";
import type { Output } from "../command-context";
import { formatBytes } from "./format-bytes";
import { formatSeconds } from "./format-seconds";

/** Progress bar of a transfer, with speed and time left; shown on terminals only. */
export class TransferBar {
  readonly #clock: Clock;
  readonly #bar: SingleBar | null;
  readonly #meter = new SpeedMeter();
  #isStarted = false;

  constructor(errors: Output, clock: Clock) {
    this.#clock = clock;
    this.#bar = errors.isTTY === true ? barOn(errors) : null;
  }

  /** @param name of the file or model */
  show(done: number, total: number, name: string): void {
    if (this.#bar === null) return;
    this.#meter.note(done, this.#clock.now());
    const { speed } = this.#meter;
    const secondsLeft = this.#meter.secondsUntil(total);
    const payload = {
      sizes: `${formatBytes(done)} of ${formatBytes(total)}`,
      speed: speed === null ? "-" : `${formatBytes(speed)}/s`,
      left: secondsLeft === null ? "-" : `${formatSeconds(secondsLeft)} left`,
      name,
    };
    if (this.#isStarted) {
      this.#bar.update(done, payload);
      return;
    }
    this.#isStarted = true;
    this.#bar.start(total, done, payload);
  }

  /** Clears the bar. Idempotent. */
  end(): void {
    if (this.#isStarted) this.#bar?.stop();
    this.#isStarted = false;
  }
}

function barOn(stream: Output): SingleBar {
  const format = "{bar} {percentage}% {sizes}  {speed}  {left}  {name}";
  return new SingleBar({ ...barLook, format, stream, barsize: 24 });
}
