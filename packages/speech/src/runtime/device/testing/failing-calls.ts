import type { ExecutionProvider } from "../../execution-providers";

export type FailingSettings = { providers: readonly ExecutionProvider[]; failsAtStart: boolean };

export type FailingCalls = { compute: (text: string) => Promise<string> };
