import { z } from "zod";
import type { ValueKind } from "./value-kinds";

/** A server that has a container of its own. */
export type Service = "inference" | "media-server";

/** A program that reads a variable. `models` is the model store, in the inference server and the commands. */
export type Reader =
  Service | "models" | "npm start" | "npm run dev" | "npm test" | "setup" | "web build";

/** Treatment of a variable in `docker/compose.yaml`. */
export type ContainerRule =
  /** The operator's value is handed in, or `fallback`. A fallback has its reason. */
  | { readonly type: "passed-on"; readonly fallback: string; readonly why: string }
  /** Containers need this value, whatever the operator sets. */
  | { readonly type: "fixed"; readonly value: string; readonly why: string }
  /** The image sets it, in its Dockerfile. */
  | { readonly type: "image"; readonly value: string; readonly why: string }
  /** Not for containers. */
  | { readonly type: "not-offered"; readonly why: string };

/** An environment variable, whole; its name is the key among {@link Settings}. */
export type Setting<Value = unknown> = {
  /** For people: a line of Markdown, as it stands in the table of docs/operating.md. */
  readonly meaning: string;
  /** From the variable, which may be unset or empty, to its value. */
  readonly schema: z.ZodType<Value>;
  /** What would be right, where something wrong was set; completes "it must be …". */
  readonly expects: string;
  /** For people: what holds while it is unset, as Markdown. */
  readonly defaultText: string;
  readonly readBy: readonly Reader[];
  /** Never shown, neither in complaints nor in reports. */
  readonly isSecret: boolean;
  /** It does nothing unless this other variable is set as well. */
  readonly onlyWith: string | null;
  /** One rule for each service that it could be handed to. */
  readonly containers: Readonly<Partial<Record<Service, ContainerRule>>>;
};

/** Settings by the names of their variables, in the order in which people see them. */
export type Settings = Readonly<Record<string, Setting>>;

/** Values of settings, by name. */
export type ValuesOf<Chosen extends Settings> = {
  [Name in keyof Chosen]: Chosen[Name] extends Setting<infer Value> ? Value : never;
};

type Declaration<Value> = {
  meaning: string;
  value: ValueKind<Value>;
  readBy: readonly Reader[];
  isSecret?: true;
  onlyWith?: string;
  containers?: Partial<Record<Service, ContainerRule>>;
};

/**
 * Declares a variable.
 *
 * @param declaration `default` is read as if it had been set; `unset` tells people what holds
 *   without a value, and may stand beside a default that says too little
 */
export function setting<Value>(
  declaration: Declaration<Value> & { default: string; unset?: string },
): Setting<Value>;
export function setting<Value>(
  declaration: Declaration<Value> & { unset: string },
): Setting<Value | undefined>;
export function setting<Value>(
  declaration: Declaration<Value> & { default?: string; unset?: string },
): Setting<Value | undefined> {
  const { meaning, value, readBy, default: preset, unset } = declaration;
  return {
    meaning,
    schema: z.preprocess((written) => given(written) ?? preset, value.schema.optional()),
    expects: value.expects,
    defaultText: unset ?? preset ?? "",
    readBy,
    isSecret: declaration.isSecret ?? false,
    onlyWith: declaration.onlyWith ?? null,
    containers: declaration.containers ?? {},
  };
}

/** An empty variable means the same as none: compose files write `NAME=`. */
export function given(written: unknown): string | undefined {
  const text = typeof written === "string" ? written.trim() : "";
  return text === "" ? undefined : text;
}
