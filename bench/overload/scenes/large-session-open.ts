import { agentLinkProtocol } from "@parley/shared/protocol/agent-link";
import { newId } from "@parley/shared/protocol/ids";
import { agentSettingsSchema } from "@parley/shared/protocol/rooms-api";
import { OpenLink } from "../clients/open-link";
import { atMost, type Scene } from "../scene";

const members = 4_000;

/** One message that opens a session for thousands of people. */
export const largeSessionOpen: Scene = {
  name: "large-session-open",
  about: "a session-open with 4,000 members, by somebody who has the key",
  async run({ inferencePort, inferenceKey }) {
    const link = new OpenLink(inferencePort, inferenceKey);
    link.send({
      type: "session-open",
      protocol: agentLinkProtocol,
      roomId: newId(),
      agent: agentSettingsSchema.parse({}),
      members: Array.from({ length: members }, () => ({ memberId: newId(), name: "Ada" })),
      history: [],
    });
    const { code, afterMs } = await link.ended;
    return {
      expectations: [
        {
          wanted: "refused: invalid-request",
          found: code,
          holds: code === "invalid-request",
        },
        atMost("the link lasts", afterMs, 5_000, " ms"),
      ],
    };
  },
};
