import { useEffect, useState } from "react";
import type { ConnectionState } from "@parley/client/room/client-event";

/** Duration of the notice: long enough to read three words. */
const shownMs = 3_000;

/** True for a moment after reconnecting. */
export function useReconnected(connection: ConnectionState): boolean {
  const [last, setLast] = useState(connection);
  const [isShown, setIsShown] = useState(false);
  if (connection !== last) {
    setLast(connection);
    setIsShown(last === "reconnecting" && connection === "connected");
  }
  useEffect(() => {
    if (!isShown) return;
    const timer = setTimeout(() => {
      setIsShown(false);
    }, shownMs);
    return () => {
      clearTimeout(timer);
    };
  }, [isShown]);
  return isShown;
}
