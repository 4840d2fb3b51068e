import type { MediaEngine } from "../contracts/media-engine";
import type { RoomArchive } from "../contracts/room-archive";

const probeTimeoutMs = 1_500;

export type Readiness = {
  isReady: boolean;
  /** Parts that are down: nobody can talk with the agent, or nothing that is said is kept. */
  missing: ("media" | "inference" | "storage")[];
};

/** Readiness of what a conversation needs: media, inference, and a disk that takes transcripts. */
export async function checkReadiness(
  parts: { media: Pick<MediaEngine, "status">; archive: Pick<RoomArchive, "isWritable"> },
  inferenceUrl: string,
): Promise<Readiness> {
  const [hasMedia, hasInference] = await Promise.all([
    parts.media.status({}).then(
      ({ isReady }) => isReady,
      () => false,
    ),
    probeInference(inferenceUrl),
  ]);
  const missing: Readiness["missing"] = [];
  if (!hasMedia) missing.push("media");
  if (!hasInference) missing.push("inference");
  if (!parts.archive.isWritable) missing.push("storage");
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
