import { useCallback, useEffect, useRef, useState } from "react";
import { Microphone } from "../../client/microphone";
import { microphoneProblem, requireMediaDevices } from "../../client/microphone-problem";
import type { ProblemCode } from "../../client/problem";
import { isAbort } from "@parley/shared/async/abort";

export type MicrophoneCheck =
  { state: "idle" | "opening" | "open" } | { state: "failed"; problem: ProblemCode };

/** A microphone opened only to look at it. Opens by itself where that asks nobody anything. */
export function useMicrophoneCheck(deviceId: string | null) {
  const microphone = useRef<Microphone | null>(null);
  const [check, setCheck] = useState<MicrophoneCheck>(initialCheck);

  const open = useCallback(async (wanted: string | null) => {
    microphone.current ??= new Microphone();
    setCheck({ state: "opening" });
    try {
      await microphone.current.open(wanted);
      setCheck({ state: "open" });
    } catch (error) {
      if (isAbort(error)) return;
      setCheck({ state: "failed", problem: microphoneProblem(error).code });
    }
  }, []);

  // Only what was chosen before counts for opening by itself; later choices call `open`.
  const firstDeviceId = useRef(deviceId);
  useEffect(() => {
    let isCurrent = true;
    void isPermissionGranted().then((isAllowed) => {
      if (isAllowed && isCurrent) void open(firstDeviceId.current);
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
  // Firefox before 131 does not know this name and throws.
  const status = await permissions?.query({ name: "microphone" }).catch(() => null);
  return status?.state === "granted";
}
