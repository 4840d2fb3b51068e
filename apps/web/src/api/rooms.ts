import { AppError } from "@parley/shared/errors";
import { roomIdSchema } from "@parley/shared/protocol/ids";
import {
  roomCreateRequestSchema,
  roomDescriptionSchema,
  type RoomDescription,
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
