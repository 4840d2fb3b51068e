import { AppError } from "@parley/shared/errors";
import type { RecognizerStreamOptions } from "../../contracts/recognizer";
import { partialOf, recognitionOf } from "../../testing/scripted-models";
import type { HostedStream, RecognizerHost } from "../recognizer-host";

type CallName = "write" | "peekFinal" | "finish" | "reset" | "setPhrases";

/** A host whose streams "recognise" the samples themselves; `dieAt` replaces its engine. */
export class ScriptedHost implements RecognizerHost {
  readonly name: string;
  readonly remarks: readonly string[] = [];
  /** The options of every stream ever opened, in order. */
  readonly opened: RecognizerStreamOptions[] = [];
  openStreams = 0;
  isClosed = false;
  /** The refusal that `open` meets with. */
  refusal: AppError | null = null;
  #life = 1;
  #deadlyCall: CallName | null = null;
  #deaths = 0;

  constructor(name = "scripted") {
    this.name = name;
  }

  /** The engine dies when this call reaches it, so many times in a row. */
  dieAt(name: CallName, times = 1): void {
    this.#deadlyCall = name;
    this.#deaths = times;
  }

  open(options: RecognizerStreamOptions): Promise<HostedStream> {
    if (this.refusal !== null) return Promise.reject(this.refusal);
    this.opened.push(options);
    this.openStreams += 1;
    return Promise.resolve(this.#stream());
  }

  close(): Promise<void> {
    this.isClosed = true;
    return Promise.resolve();
  }

  #stream(): HostedStream {
    const life = this.#life;
    const isLost = () => this.#life !== life;
    let heard: number[] = [];
    let isOpen = true;
    const text = () => [this.name, ...heard].join(" ");
    const call = <Result>(name: CallName, task: () => Result): Promise<Result> => {
      if (!isOpen || isLost()) return Promise.reject(new AppError("invalid-state", "not open"));
      if (this.#deadlyCall === name && this.#deaths > 0) {
        this.#deaths -= 1;
        this.#life += 1;
        return Promise.reject(new AppError("agent-unavailable", "The recogniser stopped."));
      }
      return Promise.resolve(task());
    };
    const forget = () => {
      heard = [];
    };
    return {
      get isLost() {
        return isLost();
      },
      write: (samples) =>
        call("write", () => {
          heard.push(...samples);
          return partialOf(text());
        }),
      peekFinal: () => call("peekFinal", () => recognitionOf(text())),
      finish: () =>
        call("finish", () => {
          const settled = recognitionOf(text());
          forget();
          return settled;
        }),
      reset: () => call("reset", forget),
      setPhrases: () => call("setPhrases", () => undefined),
      close: () => {
        if (isOpen) this.openStreams -= 1;
        isOpen = false;
      },
    };
  }
}
