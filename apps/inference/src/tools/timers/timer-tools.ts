import { AppError } from "@parley/shared/errors";
import { z } from "zod";
import type { RoomTimer, Tool } from "../../contracts/tool";
import { defineTool, quickMs } from "../define-tool";
import { shownLength, shownTime } from "../time/shown-time";
import { findTimeZone } from "../time/time-zone";
import { dueTime } from "./due-time";

/** No timer is longer: Node's own take no more than 24 days. */
const longestMs = 7 * 86_400_000;

const label = z.string().trim().max(120);

/** Timers and reminders of the room. @param homeZone IANA name, where no other is asked for */
export function timerTools(homeZone: string): Tool[] {
  return [setTimer(homeZone), setReminder(homeZone), listTimers(homeZone), cancelTimer()];
}

function setTimer(homeZone: string): Tool {
  const count = z.number().min(0).max(604_800).optional();
  return defineTool({
    name: "set_timer",
    title: "Timer",
    description:
      "Sets a timer in this room. You will say by yourself that it is up; now only confirm it briefly.",
    effect: "acts",
    timeoutMs: quickMs,
    parameters: z.object({
      hours: count,
      minutes: count,
      seconds: count,
      label: label.optional().describe("what it is for, in a few words, such as: the tea is ready"),
    }),
    run: ({ hours = 0, minutes = 0, seconds = 0, label: said = "" }, { room }) => {
      const ms = ((hours * 60 + minutes) * 60 + seconds) * 1_000;
      if (ms < 1_000) throw new AppError("invalid-request", "The timer has no length.");
      const dueAtMs = within(room.clock.now() + ms, room.clock.now());
      const timer = room.timers.set({ kind: "timer", label: said, dueAtMs });
      return `Set: ${shown(timer, room.clock.now(), homeZone)}`;
    },
  });
}

function setReminder(homeZone: string): Tool {
  return defineTool({
    name: "set_reminder",
    title: "Reminder",
    description:
      "Sets a reminder for a time of day. You will speak of it by yourself then; now only confirm it briefly.",
    effect: "acts",
    timeoutMs: quickMs,
    parameters: z.object({
      at: z
        .string()
        .max(40)
        .describe("2026-11-30T17:00, or 17:00 for the next time that clocks show it"),
      text: label.min(1).describe("what to remind of, in a few words"),
      timeZone: z.string().max(60).optional().describe("IANA name; leave it out for the time here"),
    }),
    run: ({ at, text, timeZone }, { room }) => {
      const zone = timeZone === undefined ? homeZone : findTimeZone(timeZone);
      const nowMs = room.clock.now();
      const dueAtMs = within(dueTime(at, { nowMs, timeZone: zone }), nowMs);
      const timer = room.timers.set({ kind: "reminder", label: text, dueAtMs });
      return `Set: ${shown(timer, nowMs, zone)}`;
    },
  });
}

function listTimers(homeZone: string): Tool {
  return defineTool({
    name: "list_timers",
    title: "Timers",
    description: "Lists the timers and reminders of this room, with the time that is left.",
    effect: "reads",
    timeoutMs: quickMs,
    parameters: z.object({}),
    run: (_input, { room }) => {
      const timers = room.timers.list();
      if (timers.length === 0) return "There are none.";
      return timers.map((timer) => shown(timer, room.clock.now(), homeZone)).join("\n");
    },
  });
}

function cancelTimer(): Tool {
  return defineTool({
    name: "cancel_timer",
    title: "Timer",
    description: "Cancels a timer or reminder of this room, by its number from list_timers.",
    effect: "acts",
    timeoutMs: quickMs,
    parameters: z.object({ number: z.int().min(1) }),
    run: ({ number }, { room }) => {
      const timer = room.timers.cancel(number);
      if (timer === null) throw new AppError("not-found", `There is no timer ${number}.`);
      return `Cancelled: ${named(timer)}.`;
    },
  });
}

function within(dueAtMs: number, nowMs: number): number {
  if (dueAtMs <= nowMs) throw new AppError("invalid-request", "That time is over already.");
  if (dueAtMs - nowMs <= longestMs) return dueAtMs;
  throw new AppError("invalid-request", "Seven days ahead is the longest.");
}

function shown(timer: RoomTimer, nowMs: number, timeZone: string): string {
  const left = shownLength(timer.dueAtMs - nowMs);
  return `${named(timer)}, due in ${left}, ${shownTime(timer.dueAtMs, timeZone)}.`;
}

function named({ id, kind, label: said }: RoomTimer): string {
  return said === "" ? `${kind} ${id}` : `${kind} ${id} (${said})`;
}
