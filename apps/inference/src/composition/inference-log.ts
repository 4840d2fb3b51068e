import type { ServerLog } from "../server/session-socket";

/** The server's log, with conversations' turns and failures of the operator's work. */
export type InferenceLog = ServerLog &
  Record<"debug" | "error", (details: object, message: string) => void>;
