import { useHouse } from "../../api/house";
import { useOperatorKey } from "../../stores/operator-key";

type ToolsFieldProps = {
  /** Names of the sets that are chosen; null for all that there are. */
  value: readonly string[] | null;
  onChange: (tools: readonly string[]) => void;
};

/** Choice among the tools that the server offers; nothing where it offers none. */
export function ToolsField({ value, onChange }: ToolsFieldProps) {
  const { data: house } = useHouse(useOperatorKey());
  const tools = house?.tools ?? [];
  if (tools.length === 0) return null;
  const chosen = value ?? tools.map(({ name }) => name);
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium text-ink-soft">What the agent may use</legend>
      <div className="grid gap-x-4 sm:grid-cols-2">
        {tools.map(({ name, title }) => (
          <label
            key={name}
            className="flex min-h-11 cursor-pointer items-center gap-2.5 sm:min-h-9"
          >
            <input
              type="checkbox"
              checked={chosen.includes(name)}
              className="size-4 shrink-0 accent-accent-line"
              onChange={({ target }) => {
                const others = chosen.filter((other) => other !== name);
                onChange(target.checked ? [...others, name] : others);
              }}
            />
            <span className="min-w-0 break-words">{title}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
