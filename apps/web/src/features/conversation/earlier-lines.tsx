import type { RoomId } from "@parley/shared/protocol/ids";
import { useLayoutEffect, useRef, type RefObject } from "react";
import { useTranscriptRequest } from "../../api/rooms";
import { Button } from "../../components/button";
import { useRoomSession, useTranscript } from "../../stores/room-session-context";
import { withEarlierPage } from "../../stores/transcript-store";

type EarlierLinesProps = {
  roomId: RoomId;
  /** The element that scrolls. */
  box: RefObject<HTMLElement | null>;
};

/** Button above the first line that fetches what was said before it. */
export function EarlierLines({ roomId, box }: EarlierLinesProps) {
  const { transcript } = useRoomSession();
  const hasEarlier = useTranscript((state) => state.hasEarlier);
  const first = useTranscript((state) => state.entries.find(({ isFinal }) => isFinal) ?? null);
  const request = useTranscriptRequest(roomId);
  const keepPlace = useKeepPlace(box, first?.entryId ?? null);
  if (!hasEarlier || first === null) return null;

  const fetchEarlier = () => {
    request.mutate(first.entryId, {
      onSuccess: (page) => {
        keepPlace();
        transcript.setState((state) => withEarlierPage(state, page));
      },
    });
  };
  return (
    <div className="grid justify-items-center gap-1 pb-4">
      <Button className="min-h-9 px-3 text-sm" disabled={request.isPending} onClick={fetchEarlier}>
        {request.isPending ? "Fetching earlier lines…" : "Earlier lines"}
      </Button>
      <p role="status" className="text-sm text-warn-text">
        {request.isError && "They could not be fetched. Try again in a moment."}
      </p>
    </div>
  );
}

/** Keeps the line that is looked at where it is while lines come in above it. */
function useKeepPlace(box: RefObject<HTMLElement | null>, firstId: string | null): () => void {
  /** Pixels from what is looked at to the end; null while nothing is to be kept. */
  const fromEnd = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (fromEnd.current === null) return;
    const top = (box.current?.scrollHeight ?? 0) - fromEnd.current;
    fromEnd.current = null;
    box.current?.scrollTo({ top, behavior: "instant" });
  }, [box, firstId]);
  return () => {
    if (box.current !== null) fromEnd.current = box.current.scrollHeight - box.current.scrollTop;
  };
}
