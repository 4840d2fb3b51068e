import { newId, type RoomId } from "@parley/shared/protocol/ids";
import { agentSettingsSchema } from "@parley/shared/protocol/rooms-api";
import { expect, it } from "vitest";
import { ConversationScript } from "../testing/conversation-script";
import { SessionLogger } from "./session-logger";

it("names room, turn and reply on each line, and nothing of what was said", async () => {
  const lines: Record<string, unknown>[] = [];
  const logger = new SessionLogger({
    debug: (details, message) => lines.push({ ...details, message }),
  });
  const roomId = newId<RoomId>();
  const agent = agentSettingsSchema.parse({});
  const [members, history] = [[], []];
  logger.requested({ type: "session-open", protocol: 1, roomId, agent, members, history });
  const script = new ConversationScript({
    onNotice: (notice) => {
      logger.noticed(notice);
    },
  });
  await script.says("what is the weather like");
  await script.until("reply-end");
  const turnId = script.all("transcript-final")[0]?.turnId;
  const replyId = script.all("reply-start")[0]?.replyId;
  expect(lines).toMatchObject([
    { message: "a turn ended", roomId, turnId },
    { message: "a reply began", roomId, turnId, replyId },
    { message: "a turn was answered", roomId, turnId, replyId },
    { message: "a reply ended", roomId, replyId, isInterrupted: false },
  ]);
  expect(JSON.stringify(lines)).not.toMatch(/weather|Very well|Ada/);
});
