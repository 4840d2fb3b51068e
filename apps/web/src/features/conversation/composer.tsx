import { maxMessageCharacters } from "@parley/shared/protocol/room-event";
import { ArrowUp } from "lucide-react";
import { useState } from "react";
import { useRoomSession } from "../../stores/room-session-context";

/** Form for typed messages: Enter sends, Shift+Enter breaks the line. */
export function Composer() {
  const { client } = useRoomSession();
  const [text, setText] = useState("");

  const send = () => {
    if (text.trim() === "") return;
    client.sendMessage(text);
    setText("");
  };

  return (
    <form
      className="flex items-end gap-2 border-t border-line p-3 low:py-2 wide:tall:px-4 wide:tall:pb-4"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        aria-label="Message"
        placeholder="Or write something…"
        rows={1}
        maxLength={maxMessageCharacters}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
        }}
        onKeyDown={(event) => {
          // Enter belongs to the input method while it composes a word.
          if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          send();
        }}
        className="field-sizing-content max-h-32 min-h-11 min-w-0 flex-1 resize-none rounded-xl border border-line-strong bg-raised px-3.5 py-2.5 text-base leading-6 text-ink placeholder:text-ink-soft"
      />
      <button
        type="submit"
        aria-label="Send"
        disabled={text.trim() === ""}
        className="grid size-11 shrink-0 place-items-center rounded-xl bg-accent text-accent-ink transition-colors disabled:bg-transparent disabled:text-ink-soft"
      >
        <ArrowUp aria-hidden size={20} />
      </button>
    </form>
  );
}
