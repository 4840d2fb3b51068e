const thresholds = [0.18, 0.42, 0.68];

/** Audio level as three small bars. */
export function LevelBars({ level }: { level: number }) {
  return (
    <span aria-hidden className="inline-flex h-3.5 items-center gap-0.5">
      {thresholds.map((threshold, index) => (
        <span
          key={threshold}
          className={`w-[3px] rounded-full transition-[height,background-color] duration-100 ${level > threshold ? "bg-accent-line" : "bg-line-strong/50"}`}
          style={{ height: level > threshold ? `${8 + (index === 1 ? 6 : 3)}px` : "4px" }}
        />
      ))}
    </span>
  );
}
