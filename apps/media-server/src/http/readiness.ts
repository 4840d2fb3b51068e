import { z } from "zod";
import type { WorkerDirectory } from "../contracts/inference-worker";
import type { MediaEngine } from "../contracts/media-engine";
import type { RoomArchive } from "../contracts/room-archive";
import type { AnnouncedReach } from "./announced-reach";
import { maxMediaLagMs } from "../rooms/room-admission";

export const readinessSchema = z.object({
  isReady: z.boolean(),
  missing: z
    .array(z.enum(["media", "inference", "storage", "capacity", "draining"]))
    .describe(
      "What lacks for one more room: parts that are down, a disk or database, or time of the processor; `draining`: the server is about to stop.",
    ),
  lacking: z
    .array(z.enum(["chat-model"]))
    .describe("What keeps agents from answering, while people are heard and written down."),
  doubts: z
    .array(z.enum(["announced-address"]))
    .describe("What may keep others out, though it could not be told for certain from here."),
});
export type Readiness = z.infer<typeof readinessSchema>;

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
