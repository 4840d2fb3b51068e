import type { WorkerDirectory } from "../contracts/inference-worker";
import type { MediaEngine } from "../contracts/media-engine";
import type { RoomArchive } from "../contracts/room-archive";
import type { AnnouncedReach } from "./announced-reach";
import { maxMediaLagMs } from "../rooms/room-admission";

export type Readiness = {
  isReady: boolean;
  /**
   * What lacks for one more room: parts that are down, a disk or database, or time of the processor.
   * `draining`: the server is about to stop.
   */
  missing: ("media" | "inference" | "storage" | "capacity" | "draining")[];
  /** What keeps agents from answering, while people are heard and written down all the same. */
  lacking: "chat-model"[];
  /** What may keep others out, though it could not be told for certain from here. */
  doubts: "announced-address"[];
};

/** Readiness of what a conversation needs: media, inference, and a disk that takes transcripts. */
export async function checkReadiness(parts: {
  media: Pick<MediaEngine, "status">;
  archive: Pick<RoomArchive, "isWritable">;
  directory: Pick<WorkerDirectory, "workers">;
  announced: Pick<AnnouncedReach, "silentAddresses">;
  isDraining?: () => boolean;
}): Promise<Readiness> {
  const [media, silent] = await Promise.all([
    parts.media.status({}).catch(() => null),
    parts.announced.silentAddresses(),
  ]);
  const serving = parts.directory.workers.filter(({ isReady }) => isReady);
  const missing: Readiness["missing"] = [];
  if (media?.isReady !== true) missing.push("media");
  else if (media.lagMs >= maxMediaLagMs) missing.push("capacity");
  if (serving.length === 0) missing.push("inference");
  if (!parts.archive.isWritable) missing.push("storage");
  if (parts.isDraining?.() === true) missing.push("draining");
  const chat = serving.flatMap(({ card }) => (card === null ? [] : [card.chat]));
  const isSilent =
    chat.length > 0 && chat.every((state) => state === "fails" || state === "waking");
  return {
    isReady: missing.length === 0,
    missing,
    lacking: isSilent ? ["chat-model"] : [],
    doubts: silent.length > 0 ? ["announced-address"] : [],
  };
}
