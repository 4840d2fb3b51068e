import type { Scene } from "../scene";
import { emptyLinks } from "./empty-links";
import { idleRooms } from "./idle-rooms";
import { largeSessionOpen } from "./large-session-open";
import { largeTranscripts } from "./large-transcripts";
import { sessionsOfOneAddress } from "./sessions-of-one-address";
import { slowBodies } from "./slow-bodies";
import { slowReader } from "./slow-reader";
import { unreadTranscripts } from "./unread-transcripts";
import { typedMessages } from "./typed-messages";

export const allScenes: readonly Scene[] = [
  slowReader,
  emptyLinks,
  largeSessionOpen,
  sessionsOfOneAddress,
  idleRooms,
  slowBodies,
  largeTranscripts,
  unreadTranscripts,
  typedMessages,
];
