/** Name of what hears, thinks or speaks, within a sentence. */
export function HouseName({ children }: { children: string }) {
  return <span className="font-medium text-ink">{children}</span>;
}
