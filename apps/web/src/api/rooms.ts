import { AppError } from "@parley/shared/errors";
import { roomIdSchema, type EntryId, type RoomId } from "@parley/shared/protocol/ids";
import {
  roomCreateRequestSchema,
  roomDescriptionSchema,
  transcriptPageSchema,
  type RoomDescription,
  type TranscriptPage,
} from "@parley/shared/protocol/rooms-api";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { requestJson } from "@parley/client/request-json";

/** Settings for a new room; omitted ones get their defaults. */
export type RoomDraft = z.input<typeof roomCreateRequestSchema>;

/** Room of an id from a link; the id may be malformed. */
function roomOptions(roomId: string) {
  return queryOptions({
    queryKey: ["room", roomId],
    queryFn: ({ signal }) => {
      if (!roomIdSchema.safeParse(roomId).success) {
        throw new AppError("room-not-found", `${roomId} is not a room's id`);
      }
      return requestJson(`/api/rooms/${roomId}`, roomDescriptionSchema, { signal });
    },
    retry: (failures, error) => !(error instanceof AppError) || (error.isRetryable && failures < 4),
    // The head count changes while somebody is on the pre-join page.
    refetchInterval: 10_000,
  });
}

/** Title, agent and head count of a room. */
export function useRoom(roomId: string, options: { isEnabled: boolean }) {
  return useQuery({ ...roomOptions(roomId), enabled: options.isEnabled });
}

/** Creates a room. */
export function useCreateRoom() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (draft: RoomDraft): Promise<RoomDescription> =>
      requestJson("/api/rooms", roomDescriptionSchema, {
        body: roomCreateRequestSchema.parse(draft),
      }),
    onSuccess: (room) => {
      queryClient.setQueryData(roomOptions(room.roomId).queryKey, room);
    },
  });
}

/** Fetches earlier entries of a room's transcript, or all of them. */
export function useTranscriptRequest(roomId: RoomId) {
  return useMutation({
    mutationFn: (before: EntryId | null) => requestTranscript(roomId, before),
  });
}

/** The page of a room's transcript that ends before an entry; without one, the whole transcript. */
function requestTranscript(roomId: RoomId, before: EntryId | null): Promise<TranscriptPage> {
  const query = new URLSearchParams({ format: "json", ...(before === null ? {} : { before }) });
  return requestJson(`/api/rooms/${roomId}/transcript?${query}`, transcriptPageSchema);
}
