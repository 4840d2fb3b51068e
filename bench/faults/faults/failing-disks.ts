import { setTimeout as delay } from "node:timers/promises";
import type { Fault, Preparation } from "../fault";
import {
  fillDisk,
  mountSmallDisk,
  setReadOnly,
  unmountSmallDisk,
  whyNoSmallDisk,
} from "../small-disk";

/** Long enough for people to see what is wrong. */
const harmMs = 10_000;

/** The data folder's own file system, which takes no writes for a while. */
export const failingDisks: readonly Fault[] = [
  {
    name: "full-disk",
    about: "the disk of the data folder is full for 10 s",
    whyNot: whyNoSmallDisk,
    prepare: onSmallDisk,
    // More than what is left of the transcript's last block, which nobody else can fill.
    typed: "All of this was typed while the disk was full. ".repeat(84).trim(),
    strike: async ({ dataFolder }) => {
      const makeRoom = fillDisk(dataFolder);
      await delay(harmMs);
      makeRoom();
    },
    seen: /not being saved/i,
  },
  {
    name: "read-only-folder",
    about: "the data folder is read-only for 10 s",
    whyNot: whyNoSmallDisk,
    prepare: onSmallDisk,
    strike: async ({ dataFolder }) => {
      setReadOnly(dataFolder, true);
      await delay(harmMs);
      setReadOnly(dataFolder, false);
    },
    seen: /not being saved/i,
  },
];

function onSmallDisk(dataFolder: string): Preparation {
  mountSmallDisk(dataFolder);
  return {
    undo: [
      () => {
        unmountSmallDisk(dataFolder);
      },
    ],
  };
}
