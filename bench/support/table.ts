/** Rows under headings, numbers to the right; the first column to the left. */
export function formatTable(
  headings: readonly string[],
  rows: readonly (string | number)[][],
): string {
  const cells = [headings.map(String), ...rows.map((row) => row.map(String))];
  const widths = headings.map((_, column) =>
    Math.max(...cells.map((row) => (row[column] ?? "").length)),
  );
  const [head = "", ...lines] = cells.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column === 0 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join("  "),
  );
  return [head, widths.map((width) => "-".repeat(width)).join("  "), ...lines].join("\n");
}

/** Prints rows under headings, numbers to the right. */
export function printTable(
  headings: readonly string[],
  rows: readonly (string | number)[][],
): void {
  console.log(formatTable(headings, rows));
}
