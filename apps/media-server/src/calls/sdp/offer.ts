import type { CallOffer } from "../../contracts/call";

export type HeaderExtension = { value: number; uri: string };
export type Feedback = { type: string; subtype: string };
export type Direction = "sendrecv" | "sendonly" | "recvonly" | "inactive";

/** What becomes of one of the offer's media sections, which the answer must have in the same order. */
export type OfferSection = { mid: string; protocol: string } & (
  | {
      kind: "audio";
      payloadType: number;
      /** As the server sees it. */
      direction: Direction;
      feedback: readonly Feedback[];
      extensions: readonly HeaderExtension[];
    }
  | { kind: "events" }
  | { kind: "refused"; media: string; payloads: string }
);

/** An offer of a call's browser. */
export type Offer = { call: CallOffer; sections: readonly OfferSection[] };
