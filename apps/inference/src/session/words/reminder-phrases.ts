import type { RoomTimer } from "../../contracts/tool";

type ReminderPhrases = {
  timer: string;
  labelledTimer: (label: string) => string;
  reminder: (label: string) => string;
};

const english: ReminderPhrases = {
  timer: "Your timer is up.",
  labelledTimer: (label) => `Your timer is up: ${label}.`,
  reminder: (label) => `A reminder: ${label}.`,
};

const languages: Readonly<Record<string, ReminderPhrases>> = {
  de: {
    timer: "Der Timer ist abgelaufen.",
    labelledTimer: (label) => `Der Timer ist abgelaufen: ${label}.`,
    reminder: (label) => `Eine Erinnerung: ${label}.`,
  },
  en: english,
  es: {
    timer: "El temporizador ha terminado.",
    labelledTimer: (label) => `El temporizador ha terminado: ${label}.`,
    reminder: (label) => `Un recordatorio: ${label}.`,
  },
  fr: {
    timer: "Le minuteur est terminé.",
    labelledTimer: (label) => `Le minuteur est terminé : ${label}.`,
    reminder: (label) => `Un rappel : ${label}.`,
  },
  it: {
    timer: "Il timer è scaduto.",
    labelledTimer: (label) => `Il timer è scaduto: ${label}.`,
    reminder: (label) => `Un promemoria: ${label}.`,
  },
};

/** @returns the sentence that is spoken when the timer is due @param language BCP 47 */
export function reminderPhrase({ kind, label }: RoomTimer, language: string): string {
  const phrases = languages[language.split(/[-_]/u)[0]?.toLowerCase() ?? ""] ?? english;
  const said = label.trim().replace(/[.!?。！？]+$/u, "");
  if (said === "") return phrases.timer;
  return kind === "timer" ? phrases.labelledTimer(said) : phrases.reminder(said);
}
