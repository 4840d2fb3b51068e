type ChatServerStepsProps = { commands: readonly string[] };

/** The commands that bring a downloaded language model into use; nothing before the download. */
export function ChatServerSteps({ commands }: ChatServerStepsProps) {
  if (commands.length === 0) return null;
  return (
    <div className="min-w-0 text-sm text-ink-soft sm:col-span-2">
      <p>With llama.cpp installed, run these, each in a terminal of its own:</p>
      <pre
        // A long path is read by scrolling, with the keyboard too.
        tabIndex={0}
        className="mt-2 overflow-x-auto rounded-xl border border-line bg-panel px-4 py-3 text-ink"
      >
        <code>{commands.join("\n")}</code>
      </pre>
    </div>
  );
}
