import { FakeClock } from "@parley/shared/testing/fake-clock";
import { maxMessageCharacters } from "@parley/shared/protocol/room-event";
import { MemberEventReader } from "@parley/media-server/media/sfu/member-event-reader";
import fc from "fast-check";
import { fuzzTarget } from "../fuzz-target";
import { fixedIds } from "../inputs/fixed-ids";
import { mutatedText } from "../inputs/mutated-bytes";
import { messageTexts } from "../inputs/nearly";

const messages = [
  { type: "message", messageId: fixedIds.entry, text: "Good morning." },
  { type: "interrupt", replyId: null },
];
const texts = messageTexts(messages).map((text) => new TextEncoder().encode(text));
const broken = mutatedText(...messages.map((message) => JSON.stringify(message)));

export const dataChannel = fuzzTarget({
  name: "data-channel",
  about: "messages of a member's data channel",
  inputs: fc.array(fc.oneof(texts, broken), { maxLength: 8 }),
  open: () => ({
    check: (input) => {
      const reader = new MemberEventReader(new FakeClock());
      for (const bytes of input) {
        const result = reader.read(bytes);
        if (!("event" in result) || result.event.type !== "message") continue;
        const { text } = result.event;
        if (text.trim() === "" || text.length > maxMessageCharacters) {
          throw new Error(`a text of ${text.length} characters was taken`);
        }
      }
    },
  }),
});
