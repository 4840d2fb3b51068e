import { OpenLink } from "../clients/open-link";
import { countCodes } from "../clients/count-codes";
import { waitForAgent } from "../clients/wait-for-agent";
import { atMost, type Scene } from "../scene";

const links = 64;
/** Links that say nothing are given 3 s; a busy machine notices late. */
const longestMs = 5_000;

/** Links to inference that open no session: without the key, and with it. */
export const emptyLinks: Scene = {
  name: "empty-links",
  about: "64 links to inference without the key, then 64 with it; none opens a session",
  async run({ port, inferencePort, inferenceKey }) {
    const open = (key: string | null) =>
      Array.from({ length: links }, () => new OpenLink(inferencePort, key));
    const strangers = await Promise.all(open(null).map(({ ended }) => ended));
    const insiders = open(inferenceKey);
    const agentMs = await waitForAgent({ port, from: "127.0.71.1", limitMs: 10_000 });
    const ends = await Promise.all(insiders.map(({ ended }) => ended));
    const codes = strangers.map(({ code }) => code);
    return {
      expectations: [
        {
          wanted: "refused without the key: 401",
          found: countCodes(codes),
          holds: codes.every((code) => code === "401"),
        },
        atMost(
          "links with the key last",
          Math.max(...ends.map(({ afterMs }) => afterMs)),
          longestMs,
          " ms",
        ),
        atMost("a newcomer's agent comes meanwhile", agentMs ?? Infinity, 2_000, " ms"),
      ],
    };
  },
};
