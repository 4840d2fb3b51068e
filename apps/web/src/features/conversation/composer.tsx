import { maxMessageCharacters } from "@parley/shared/protocol/room-event";
import { ArrowUp } from "lucide-react";
import { useState } from "react";
import { useRoomSession } from "../../stores/room-session-context";
import { fitMessage } from "./fit-message";

const number = new Intl.NumberFormat("en");

/** Form for typed messages: Enter sends, Shift+Enter breaks the line. */
export function Composer() {
  const { client } = useRoomSession();
  const [text, setText] = useState("");
  /** Length of what did not fit the last time that the text changed. */
  const [leftOut, setLeftOut] = useState(0);

  const send = () => {
    if (text.trim() === "") return;
    client.sendMessage(text);
    setText("");
    setLeftOut(0);
  };

  return (
    <form
      className="border-t border-line p-3 low:py-2 wide:tall:px-4 wide:tall:pb-4"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <p role="status" className="px-1 text-sm text-warn-text not-empty:pb-2">
        {leftOut > 0 &&
          `Only the first ${number.format(maxMessageCharacters)} characters fit into a message; ${number.format(leftOut)} were left out.`}
      </p>
      <div className="flex items-end gap-2">
        <textarea
          aria-label="Message"
          placeholder="Or write something…"
          rows={1}
          value={text}
          onChange={(event) => {
            // Not `maxLength`, which cuts without a word, and emoji in two.
            const fitted = fitMessage(event.target.value);
            setText(fitted.text);
            setLeftOut(fitted.leftOut);
          }}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey || isComposing(event.nativeEvent)) return;
            event.preventDefault();
            send();
          }}
          className="field-sizing-content max-h-32 min-h-11 min-w-0 flex-1 resize-none rounded-xl border border-line-strong bg-raised px-3.5 py-2.5 text-base leading-6 text-ink placeholder:text-ink-soft"
        />
        <button
          type="submit"
          aria-label="Send"
          disabled={text.trim() === ""}
          className="grid size-11 shrink-0 place-items-center rounded-xl border border-accent-line bg-accent text-accent-ink transition-colors disabled:border-line-strong disabled:bg-transparent disabled:text-ink-soft"
        >
          <ArrowUp aria-hidden size={20} />
        </button>
      </div>
    </form>
  );
}

/** Key code of every key that an input method has taken for itself. */
const takenByInputMethod = 229;

/**
 * Enter belongs to the input method while it composes a word. Safari ends the composition before it
 * tells of the key, which then has nothing but this code; the types call the field deprecated.
 */
function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || Reflect.get(event, "keyCode") === takenByInputMethod;
}
