import type { RoomPage } from "../../e2e/support/room-page";

/** A running Parley with one conversation, to which harm is to be done. */
export type Site = {
  /** Port of the page. */
  port: number;
  dataFolder: string;
  /** Of `npm start`. */
  starter: number;
  /** Starts Parley again, as an operator does, once all of it is gone. */
  restart(): Promise<void>;
  room: RoomPage;
};

/** What a fault needs of Parley before the start. */
export type Preparation = {
  environment?: Record<string, string>;
  /** In the opposite order of the preparing. */
  undo: (() => unknown)[];
};

export type Fault = {
  name: string;
  /** What is done, in a line. */
  about: string;
  /** Why it cannot be tried on this machine; null where it can. */
  whyNot?: () => string | null;
  /** @param dataFolder empty, for this fault alone */
  prepare?: (dataFolder: string) => Preparation | Promise<Preparation>;
  /**
   * Does the harm, and takes back what would not heal by itself, such as a full disk. Resolves when
   * the harm is over.
   */
  strike: (site: Site) => Promise<void>;
  /** What somebody types into the harm, where it must be a certain text. */
  typed?: string;
  /** A notice that people must see meanwhile; null where nobody needs to notice. */
  seen: RegExp | null;
};
