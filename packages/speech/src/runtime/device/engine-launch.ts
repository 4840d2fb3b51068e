import type { Launch } from "@parley/threads/launch/launch";
import { launchThread } from "@parley/threads/launch/launch-thread";
import type { ThreadClientOptions } from "@parley/threads/thread-client";
import type { ExecutionProvider } from "../execution-providers";
import type { DeviceEvent } from "./device-event";
// Its memory has to be shared before the first thread starts.
import "./device-lock";

/** Receives what operators should know, such as a device that failed. */
export type OnRemark = (remark: string) => void;

export type EngineLaunchOptions = {
  /** From `threadEntry`, of a file whose body is `serveEngine`. */
  entry: URL;
  /** The thread's settings, with those providers of its own that `usable` leaves. */
  settings: (usable: (providers: readonly ExecutionProvider[]) => ExecutionProvider[]) => unknown;
  onRemark?: OnRemark | undefined;
};

/**
 * Starts the lives of an engine's thread: each with the providers that have not failed in an earlier
 * one, so that after a lost device the next provider goes on.
 */
export class EngineLaunch {
  readonly #options: EngineLaunchOptions;
  readonly #failed = new Map<ExecutionProvider, string>();
  /** Failed providers that the present life was started without. */
  #leftOut = 0;

  constructor(options: EngineLaunchOptions) {
    this.#options = options;
  }

  /** For operators: the providers that failed. */
  get remarks(): readonly string[] {
    return [...this.#failed.values()];
  }

  /** The part of a thread client's options that an engine's device has to do with. */
  get options(): Pick<ThreadClientOptions<DeviceEvent>, "launch" | "onEvent"> {
    return {
      launch: this.#launch,
      onEvent: ({ provider, reason }) => {
        if (this.#failed.has(provider)) return;
        const remark = `${reason}; the next provider goes on`;
        this.#failed.set(provider, remark);
        this.#options.onRemark?.(remark);
      },
    };
  }

  /**
   * What computes a model now.
   *
   * @param provider what computed it at its start
   */
  deviceAfter(provider: ExecutionProvider): ExecutionProvider {
    // Which of those behind it goes on is not asked: in practice there is the processor alone.
    return this.#failed.has(provider) ? "cpu" : provider;
  }

  /** Whether a start that failed may succeed with the providers that are left. */
  get mayRetry(): boolean {
    return this.#failed.size > this.#leftOut;
  }

  readonly #launch: Launch = (listener) => {
    const { entry, settings } = this.#options;
    this.#leftOut = this.#failed.size;
    const usable = (providers: readonly ExecutionProvider[]) =>
      providers.filter((provider) => !this.#failed.has(provider));
    return launchThread({ entry, settings: settings(usable) })(listener);
  };
}
