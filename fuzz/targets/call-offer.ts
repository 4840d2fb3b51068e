import { readOffer } from "@parley/media-server/calls/sdp/read-offer";
import { offers } from "@parley/media-server/calls/sdp/testing/offers";
import { writeAnswer } from "@parley/media-server/calls/sdp/write-answer";
import { expectCoded } from "../expect-coded";
import { fuzzTarget } from "../fuzz-target";
import { mutatedText } from "../inputs/mutated-bytes";

const opened = {
  iceParameters: { usernameFragment: "server", password: "password" },
  iceCandidates: [],
  fingerprints: [{ algorithm: "sha-256", value: "AA:BB" }],
  sctp: { port: 5_000, maxMessageBytes: 262_144 },
  voice: { ssrc: 7, cname: "agent" },
};
/** Lines of an answer that say where to connect: an offer must not be able to add any. */
const ownLines = /^a=(?:ice-ufrag|ice-pwd|fingerprint|candidate|setup):/u;

export const callOffer = fuzzTarget({
  name: "call-offer",
  about: "SDP offers of calls",
  inputs: mutatedText(...Object.values(offers)),
  open: () => ({
    check: async (bytes) => {
      const offer = await expectCoded(() => readOffer(Buffer.from(bytes).toString("utf8")));
      if (offer === undefined) return;
      const lines = writeAnswer(offer, opened).split("\r\n");
      const sections = offer.sections.filter(({ kind }) => kind !== "refused").length;
      const found = lines.filter((line) => ownLines.test(line)).length;
      if (found !== 4 * sections) throw new Error(`${found} lines of transport`);
    },
  }),
});
