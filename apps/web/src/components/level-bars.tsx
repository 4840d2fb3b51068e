const thresholds = [0.18, 0.42, 0.68];

/** Number of bars that a level fills, 0 to 3: what there is to redraw. */
export function filledBars(level: number): number {
  return thresholds.filter((threshold) => level > threshold).length;
}

/** Audio level as three small bars, of which so many are filled. */
export function LevelBars({ filled }: { filled: number }) {
  return (
    <span aria-hidden className="inline-flex h-3.5 items-center gap-0.5">
      {thresholds.map((threshold, index) => (
        <span
          key={threshold}
          // The colour of text, which forced colours keep; backgrounds they take away.
          className={`w-0 rounded-full border-l-[3px] ${index < filled ? "border-accent-line" : "border-line-strong/50"}`}
          style={{ height: index < filled ? `${8 + (index === 1 ? 6 : 3)}px` : "4px" }}
        />
      ))}
    </span>
  );
}
