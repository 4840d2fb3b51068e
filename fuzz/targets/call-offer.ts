import { readOffer } from "@parley/media-server/calls/sdp/read-offer";
import { offers } from "@parley/media-server/calls/sdp/testing/offers";
import { writeAnswer } from "@parley/media-server/calls/sdp/write-answer";
import { formBody } from "@parley/media-server/http/calls/call-request";
import fc from "fast-check";
import { expectCoded } from "../expect-coded";
import { fuzzTarget } from "../fuzz-target";
import { mutatedText } from "../inputs/mutated-bytes";

const form = `--edge\r\ncontent-disposition: form-data; name="sdp"\r\n\r\n${offers.firefox}\r\n--edge\r\ncontent-disposition: form-data; name="session"\r\n\r\n{"model":"any"}\r\n--edge--\r\n`;

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
  about: "SDP offers of calls, and forms with them",
  inputs: fc.record({
    sdp: mutatedText(...Object.values(offers)),
    form: mutatedText(form),
  }),
  open: () => ({
    check: async (input) => {
      await expectCoded(() =>
        formBody(Buffer.from(input.form), "multipart/form-data; boundary=edge"),
      );
      const offer = await expectCoded(() => readOffer(Buffer.from(input.sdp).toString("utf8")));
      if (offer === undefined) return;
      const lines = writeAnswer(offer, opened).split("\r\n");
      const sections = offer.sections.filter(({ kind }) => kind !== "refused").length;
      const found = lines.filter((line) => ownLines.test(line)).length;
      if (found !== 4 * sections) throw new Error(`${found} lines of transport`);
    },
  }),
});
