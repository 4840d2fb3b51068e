/** Attributes of the script element that go to the conversation's page, by their names there. */
const handedOn = [
  ...["room", "agent", "greeting", "instructions"],
  ...["voice", "language", "title", "name"],
];

export type WidgetAttributes = {
  /** Words on the button. */
  label: string;
  /** Corner of the window. */
  side: "left" | "right";
  /** `auto`: as the visitor's system. */
  theme: "auto" | "light" | "dark";
  /** What the conversation's page gets. */
  options: ReadonlyMap<string, string>;
};

/** Reads the `data-` attributes of the script element; what cannot be used has its default. */
export function readAttributes(written: Readonly<DOMStringMap>): WidgetAttributes {
  const options = new Map<string, string>();
  for (const name of handedOn) {
    const value = written[name];
    if (value !== undefined) options.set(name, value);
  }
  const { theme } = written;
  const agent = written.agent ?? "";
  return {
    label: written.label ?? (agent === "" ? "Talk to us" : `Talk to ${agent}`),
    side: written.side === "left" ? "left" : "right",
    theme: theme === "light" || theme === "dark" ? theme : "auto",
    options,
  };
}

/** Address of the conversation's page. Its options are a fragment, which no server gets to see. */
export function frameAddress(server: string, { options, theme }: WidgetAttributes): string {
  const fragment = new URLSearchParams([...options]);
  if (theme !== "auto") fragment.set("theme", theme);
  return `${server}/embed/#${fragment.toString()}`;
}
