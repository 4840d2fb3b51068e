import { MultiBar, type SingleBar } from "cli-progress";
import { barLook } from "../bar-look";
import type { Output } from "../command-context";

/** Progress bar of a file that is being read; shown on terminals only. */
export class Progress {
  readonly #errors: Output;
  readonly #bars: MultiBar | null;
  readonly #bar: SingleBar | null;

  /** @param size in bytes; null when unknown, which shows no bar */
  constructor(errors: Output, name: string, size: number | null) {
    this.#errors = errors;
    const isShown = errors.isTTY === true && size !== null;
    this.#bars = isShown ? barsOn(errors) : null;
    this.#bar = this.#bars?.create(size ?? 0, 0, { name }) ?? null;
  }

  advance(bytes: number): void {
    this.#bar?.increment(bytes);
  }

  /** Clears the bar while something is printed, since both may share a terminal. */
  aside(print: () => void): void {
    if (this.#bars !== null) this.#errors.write("\r\u001B[K");
    print();
    this.#bars?.update();
  }

  end(): void {
    this.#bars?.stop();
  }
}

function barsOn(stream: Output): MultiBar {
  const format = "{bar} {percentage}% {eta_formatted} {name}";
  return new MultiBar({ ...barLook, format, stream, barsize: 30 });
}
