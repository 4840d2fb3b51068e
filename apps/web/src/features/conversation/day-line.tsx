/** Name of the day that begins here, between two lines of the transcript. */
export function DayLine({ day }: { day: string | null }) {
  if (day === null) return null;
  return (
    <div className="mb-3 flex items-center gap-3 text-xs text-ink-soft before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
      {day}
    </div>
  );
}
