/** Result of one check. */
export type Check = {
  outcome: "ok" | "failed" | "skipped";
  /** One line: the subject and the finding. */
  text: string;
};

/** Runs a check that throws when it fails. */
export async function checked(what: string, work: () => Promise<string>): Promise<Check> {
  try {
    return { outcome: "ok", text: `${what}: ${await work()}` };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { outcome: "failed", text: `${what}: ${message.replaceAll(/\s*\n\s*/gu, " ")}` };
  }
}
