import type { MediaEngine } from "../contracts/media-engine";
import type { RoomArchive } from "../contracts/room-archive";
import type { AnnouncedReach } from "./announced-reach";
import { maxMediaLagMs } from "../rooms/room-admission";

const probeTimeoutMs = 1_500;

export type Readiness = {
  isReady: boolean;
  /** What lacks for one more room: parts that are down, a disk, or time of the processor. */
  missing: ("media" | "inference" | "storage" | "capacity")[];
  /** What may keep others out, though it could not be told for certain from here. */
  doubts: "announced-address"[];
};

/** Readiness of what a conversation needs: media, inference, and a disk that takes transcripts. */
export async function checkReadiness(
  parts: {
    media: Pick<MediaEngine, "status">;
    archive: Pick<RoomArchive, "isWritable">;
    announced: Pick<AnnouncedReach, "silentAddresses">;
  },
  inferenceUrl: string,
): Promise<Readiness> {
  const [media, hasInference, silent] = await Promise.all([
    parts.media.status({}).catch(() => null),
    probeInference(inferenceUrl),
    parts.announced.silentAddresses(),
  ]);
  const missing: Readiness["missing"] = [];
  if (media?.isReady !== true) missing.push("media");
  else if (media.lagMs >= maxMediaLagMs) missing.push("capacity");
  if (!hasInference) missing.push("inference");
  if (!parts.archive.isWritable) missing.push("storage");
  const doubts: Readiness["doubts"] = silent.length > 0 ? ["announced-address"] : [];
  return { isReady: missing.length === 0, missing, doubts };
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
