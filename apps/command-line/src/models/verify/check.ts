/** One thing that was looked at. */
export type Check = {
  outcome: "ok" | "failed" | "skipped";
  /** What was looked at, and what was found, in a line. */
  text: string;
};

/** The outcome of work that throws when something is wrong. */
export async function checked(what: string, work: () => Promise<string>): Promise<Check> {
  try {
    return { outcome: "ok", text: `${what}: ${await work()}` };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { outcome: "failed", text: `${what}: ${message.replaceAll(/\s*\n\s*/gu, " ")}` };
  }
}
