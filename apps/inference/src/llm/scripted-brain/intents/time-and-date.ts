import { says, type Heard, type Intent } from "../heard";
import { sayNumber } from "../number-words";

const ordinals: Record<number, string> = {
  1: "first",
  2: "second",
  3: "third",
  5: "fifth",
  8: "eighth",
  9: "ninth",
  12: "twelfth",
  20: "twentieth",
  30: "thirtieth",
};

const dayMs = 86_400_000;

/** "What time is it?", "What day is today?", "What day is tomorrow?" */
export const timeAndDate: Intent = (heard) => {
  const asksTime = says(
    heard,
    "what time",
    "what's the time",
    "what is the time",
    "the time is it",
    "know the time",
    "tell me the time",
    "time is it",
    "current time",
  );
  if (asksTime) return `It is ${sayTime(heard)}.`;
  if (says(heard, "what year", "which year")) return `It is ${sayYear(heard)}.`;
  const asksDate = says(
    heard,
    "what day",
    "which day",
    "what date",
    "the date",
    "what's today",
    "what is today",
    "today's date",
    "what month",
  );
  if (!asksDate && !says(heard, "is tomorrow", "was yesterday")) return null;
  if (says(heard, "tomorrow")) {
    return `Tomorrow is ${sayDate({ ...heard, nowMs: heard.nowMs + dayMs })}.`;
  }
  if (says(heard, "yesterday")) {
    return `Yesterday was ${sayDate({ ...heard, nowMs: heard.nowMs - dayMs })}.`;
  }
  return `Today is ${sayDate(heard)}.`;
};

function part(heard: Heard, options: Intl.DateTimeFormatOptions): string {
  const format = new Intl.DateTimeFormat("en-US", { ...options, timeZone: heard.timeZone });
  return format.format(heard.nowMs);
}

function sayTime(heard: Heard): string {
  const hour = Number(part(heard, { hour: "2-digit", hourCycle: "h23" }));
  const minute = Number(part(heard, { minute: "2-digit" }));
  if (minute === 0 && hour === 0) return "midnight";
  if (minute === 0 && hour === 12) return "noon";
  const partOfDay =
    hour < 12 ? "in the morning" : hour < 18 ? "in the afternoon" : "in the evening";
  const spokenHour = sayNumber(hour % 12 === 0 ? 12 : hour % 12);
  if (minute === 0) return `${spokenHour} o'clock ${partOfDay}`;
  const spokenMinute = minute < 10 ? `oh ${sayNumber(minute)}` : sayNumber(minute);
  return `${spokenHour} ${spokenMinute} ${partOfDay}`;
}

function sayDate(heard: Heard): string {
  const weekday = part(heard, { weekday: "long" });
  const month = part(heard, { month: "long" });
  const day = Number(part(heard, { day: "numeric" }));
  return `${weekday}, ${month} ${sayOrdinal(day)}, ${sayYear(heard)}`;
}

function sayYear(heard: Heard): string {
  const year = Number(part(heard, { year: "numeric" }));
  const century = sayNumber(Math.floor(year / 100));
  const rest = year % 100;
  return rest < 10 ? sayNumber(year) : `${century} ${sayNumber(rest)}`;
}

function sayOrdinal(day: number): string {
  const known = ordinals[day];
  if (known !== undefined) return known;
  const tens = day - (day % 10);
  const ones = ordinals[day % 10] ?? `${sayNumber(day % 10)}th`;
  return day > 20 ? `${sayNumber(tens)}-${ones}` : `${sayNumber(day)}th`;
}
