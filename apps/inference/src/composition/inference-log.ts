import type { ServerLog } from "../server/session-socket";

/** The server's log, with the failures of the operator's work. */
export type InferenceLog = ServerLog & { error: (details: object, message: string) => void };
