import { wireErrorSchema } from "@parley/shared/errors";
import { roomIdSchema, type RoomId } from "@parley/shared/protocol/ids";
import { z } from "zod";
import { sendRequest } from "./send-request";

const answerSchema = z.union([
  z.object({ roomId: roomIdSchema }),
  z.object({ error: wireErrorSchema }),
]);

/**
 * Makes a room whose agent says nothing by itself.
 *
 * @param from an address of 127.0.0.0/8: limits are by address
 * @returns its id, or the code of the refusal
 */
export async function makeRoom(
  port: number,
  from: string,
): Promise<{ roomId: RoomId } | { refusal: string }> {
  const { text } = await sendRequest({
    port,
    from,
    path: "/api/rooms",
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ agent: { greeting: "" } }),
  });
  const answer = answerSchema.parse(JSON.parse(text));
  return "roomId" in answer ? answer : { refusal: answer.error.code };
}
