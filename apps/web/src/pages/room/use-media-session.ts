import { useEffect } from "react";

type MediaSessionOptions = {
  /** Title on lock screens and headsets. */
  title: string;
  isMuted: boolean;
  onToggleMute: () => void;
  onLeave: () => void;
};

/** Tells the system of the conversation, so that lock screens and headset keys mute and hang up. */
export function useMediaSession({
  title,
  isMuted,
  onToggleMute,
  onLeave,
}: MediaSessionOptions): void {
  useEffect(() => {
    const session = mediaSession();
    if (session === null || !("MediaMetadata" in globalThis)) return;
    session.metadata = new MediaMetadata({ title, artist: "Parley" });
    return () => {
      session.metadata = null;
    };
  }, [title]);

  useEffect(() => {
    // Some browsers answer with a promise, which a hidden page may break, and some with nothing.
    void mediaSession()
      ?.setMicrophoneActive?.(!isMuted)
      ?.catch(() => undefined);
  }, [isMuted]);

  useEffect(() => {
    setHandler("togglemicrophone", onToggleMute);
    setHandler("hangup", onLeave);
    return () => {
      setHandler("togglemicrophone", null);
      setHandler("hangup", null);
    };
  }, [onToggleMute, onLeave]);
}

/** Media session with the actions of calls, which the types do not know yet. */
type CallSession = Pick<MediaSession, "metadata"> & {
  setMicrophoneActive?(isActive: boolean): Promise<void> | undefined;
  setActionHandler(action: string, handler: (() => void) | null): void;
};

function mediaSession(): CallSession | null {
  return (navigator as { mediaSession?: CallSession }).mediaSession ?? null;
}

function setHandler(action: "togglemicrophone" | "hangup", handler: (() => void) | null): void {
  try {
    mediaSession()?.setActionHandler(action, handler);
  } catch {
    // Browsers throw for actions that they do not know.
  }
}
