import { z } from "zod";
import type { Tool } from "../../contracts/tool";
import { defineTool, quickMs } from "../define-tool";
import { shownTime } from "./shown-time";
import { findTimeZone } from "./time-zone";

/** Tells time and date. @param homeZone IANA name, where no other is asked for */
export function getTime(homeZone: string): Tool {
  return defineTool({
    name: "get_time",
    title: "Time and date",
    description: "Tells the present time, date and day of the week, here or in a time zone.",
    effect: "reads",
    timeoutMs: quickMs,
    parameters: z.object({
      timeZone: z
        .string()
        .max(60)
        .optional()
        .describe("IANA name such as Asia/Tokyo; leave it out for the time here"),
    }),
    run: ({ timeZone }, { room }) =>
      shownTime(room.clock.now(), timeZone === undefined ? homeZone : findTimeZone(timeZone)),
  });
}
