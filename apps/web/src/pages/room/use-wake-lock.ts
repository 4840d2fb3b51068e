import { useEffect } from "react";

/** Keeps the screen on while in a room: a phone that locks itself takes the microphone away. */
export function useWakeLock(): void {
  useEffect(() => {
    const { wakeLock } = navigator as { wakeLock?: WakeLock };
    if (wakeLock === undefined) return;
    let lock: WakeLockSentinel | null = null;
    const over = new AbortController();
    const isOver = () => over.signal.aborted;
    const request = async () => {
      if (isOver() || document.visibilityState !== "visible") return;
      // Refused when the battery is low: the screen goes off as it always does.
      const granted = await wakeLock.request("screen").catch(() => null);
      if (isOver()) await granted?.release();
      else lock = granted;
    };
    // Browsers let go of the lock when the page is hidden.
    const onVisible = () => void request();
    document.addEventListener("visibilitychange", onVisible);
    void request();
    return () => {
      over.abort();
      document.removeEventListener("visibilitychange", onVisible);
      void lock?.release();
    };
  }, []);
}
