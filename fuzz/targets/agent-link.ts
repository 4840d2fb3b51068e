import { decodeLinkFrame, encodeLinkFrame } from "@parley/shared/protocol/link-frame";
import { MicrophoneFrameReader } from "@parley/inference/server/microphone-frame-reader";
import { readLinkRequest } from "@parley/inference/server/read-link-request";
import fc from "fast-check";
import { expectCoded } from "../expect-coded";
import { fuzzTarget } from "../fuzz-target";
import { fixedIds } from "../inputs/fixed-ids";
import { mutatedBytes } from "../inputs/mutated-bytes";
import { messageTexts } from "../inputs/nearly";

const memberId = fixedIds.member;

export const linkMessages = [
  {
    type: "session-open",
    protocol: 1,
    roomId: fixedIds.room,
    agent: { name: "Parley", instructions: "", greeting: "", voice: "" },
    members: [{ memberId, name: "Eve" }],
    history: [{ role: "member", name: "Eve", text: "Hello." }],
  },
  { type: "member-joined", memberId, name: "Eve" },
  { type: "member-left", memberId },
  { type: "message", messageId: fixedIds.entry, memberId, text: "What time is it?" },
  { type: "interrupt", memberId, replyId: null },
  { type: "playout", replyId: fixedIds.reply, state: "started", playedMs: 20, atMs: 1_000 },
];

export const linkFrames = mutatedBytes(
  encodeLinkFrame({
    kind: "microphone",
    id: memberId,
    sequence: 1,
    sampleRate: 16_000,
    stampMs: 1_000,
    samples: new Int16Array(320).fill(9),
  }),
);

/** Everything that may come over a link: control messages as texts, frames as bytes. */
export const linkInputs = fc.array(fc.oneof(messageTexts(linkMessages), linkFrames), {
  maxLength: 10,
});

export const agentLink = fuzzTarget({
  name: "agent-link",
  about: "control messages and frames of the agent link, as they are read",
  inputs: linkInputs,
  open: () => ({
    check: async (input) => {
      const frames = new MicrophoneFrameReader();
      for (const message of input) {
        if (typeof message === "string") await expectCoded(() => readLinkRequest(message));
        else {
          await expectCoded(() => decodeLinkFrame(message));
          await expectCoded(() => frames.read(message));
        }
      }
    },
  }),
});
