import { useCallback, useEffect, useRef, useState } from "react";
import { isAbort } from "@parley/shared/async/abort";
import { Microphone } from "@parley/client/sound/microphone";
import { microphoneProblem, requireMediaDevices } from "@parley/client/sound/microphone-problem";
import type { ProblemCode } from "@parley/client/problem";
import { preferredMicrophone } from "../../stores/preferences";
import { preferencesStore } from "../../stores/preferences-store";

export type MicrophoneCheck =
  { state: "idle" | "opening" | "open" } | { state: "failed"; problem: ProblemCode };

/** Opens the preferred microphone only to show its level; by itself where permission was granted before. */
export function useMicrophoneCheck() {
  const microphone = useRef<Microphone | null>(null);
  const [check, setCheck] = useState<MicrophoneCheck>(initialCheck);

  const open = useCallback(async () => {
    microphone.current ??= new Microphone();
    setCheck({ state: "opening" });
    try {
      await microphone.current.open(preferredMicrophone(preferencesStore.getState()));
      setCheck({ state: "open" });
    } catch (error) {
      if (isAbort(error)) return;
      setCheck({ state: "failed", problem: microphoneProblem(error).code });
    }
  }, []);

  useEffect(() => {
    let isCurrent = true;
    void isPermissionGranted().then((isAllowed) => {
      if (isAllowed && isCurrent) void open();
    });
    return () => {
      isCurrent = false;
      microphone.current?.close();
      microphone.current = null;
    };
  }, [open]);

  const readLevel = useCallback(() => microphone.current?.level() ?? 0, []);
  return { check, open, readLevel };
}

function initialCheck(): MicrophoneCheck {
  try {
    requireMediaDevices();
    return { state: "idle" };
  } catch (error) {
    return { state: "failed", problem: microphoneProblem(error).code };
  }
}

async function isPermissionGranted(): Promise<boolean> {
  const permissions = (navigator as { permissions?: Permissions }).permissions;
  // Firefox before 131 rejects this name.
  const status = await permissions?.query({ name: "microphone" }).catch(() => null);
  return status?.state === "granted";
}
