import { FileWarning } from "lucide-react";
import { Notice } from "../../components/notice";
import { useRoomState } from "../../stores/room-session-context";

/** Notice that what is said is not being kept, or only in memory. */
export function StorageNotice() {
  const storage = useRoomState((state) => state.transcriptStorage);
  switch (storage) {
    case "kept":
      return null;
    case "waiting":
      return (
        <Notice icon={FileWarning} tone="warn" title="The transcript is not being saved">
          The server cannot write to its disk. Your words wait there and are saved as soon as it
          can.
        </Notice>
      );
    case "incomplete":
      return (
        <Notice icon={FileWarning} tone="warn" title="The transcript has gaps">
          The server had no room to save everything. Download what you see here to keep it.
        </Notice>
      );
  }
}
