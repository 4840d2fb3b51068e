import type { ModelSummary } from "@parley/shared/protocol/models-api";

type ChatServerStepsProps = { model: ModelSummary };

/** How a language model comes into use: said before its download, with the commands after it. */
export function ChatServerSteps({ model: { usage, commands } }: ChatServerStepsProps) {
  if (usage !== "chat-server") return null;
  if (commands.length === 0) {
    return (
      <p className="max-w-prose text-sm text-ink-soft sm:col-span-2">
        It runs in llama.cpp, a program of its own that Parley does not bring. After the download
        two commands stand here: one starts it, one starts Parley with it.
      </p>
    );
  }
  return (
    <div className="min-w-0 text-sm text-ink-soft sm:col-span-2">
      <p>With llama.cpp installed, run these two, each in a terminal of its own:</p>
      <pre className="mt-2 overflow-x-auto rounded-xl border border-line bg-panel px-4 py-3 text-ink">
        <code>{commands.join("\n")}</code>
      </pre>
    </div>
  );
}
