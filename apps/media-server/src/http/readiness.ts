import type { MediaEngine } from "../contracts/media-engine";

const probeTimeoutMs = 1_500;

export type Readiness = {
  isReady: boolean;
  /** Parts that are down and keep people from talking with the agent. */
  missing: ("media" | "inference")[];
};

/** Readiness of the two parts that a conversation needs: media and inference. */
export async function checkReadiness(
  media: Pick<MediaEngine, "status">,
  inferenceUrl: string,
): Promise<Readiness> {
  const [hasMedia, hasInference] = await Promise.all([
    media.status({}).then(
      ({ isReady }) => isReady,
      () => false,
    ),
    probeInference(inferenceUrl),
  ]);
  const missing: Readiness["missing"] = [];
  if (!hasMedia) missing.push("media");
  if (!hasInference) missing.push("inference");
  return { isReady: missing.length === 0, missing };
}

/** @param url The WebSocket base, such as `ws://127.0.0.1:8080`; the probe is plain HTTP. */
async function probeInference(url: string): Promise<boolean> {
  const probe = `${url.replace(/^ws/, "http").replace(/\/$/, "")}/ready`;
  try {
    const response = await fetch(probe, { signal: AbortSignal.timeout(probeTimeoutMs) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
