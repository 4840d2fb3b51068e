import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { systemClock } from "@parley/shared/async/clock";
import { silentLog } from "../contracts/log";
import { describeRoomArchive } from "./conformance/describe-room-archive";
import { JsonlRoomArchive } from "./jsonl-room-archive";

let folder = "";
const rooms = () => path.join(folder, "rooms");

describeRoomArchive("JSON lines", {
  whyNot: null,
  begin: async () => {
    folder = await mkdtemp(path.join(tmpdir(), "parley-archive-"));
  },
  open: () => new JsonlRoomArchive(folder, { clock: systemClock, log: silentLog }),
  breakDown: async () => {
    await rename(rooms(), path.join(folder, "aside"));
    // A file in the folder's place takes no rooms.
    await writeFile(rooms(), "in the way");
  },
  repair: async () => {
    await rm(rooms());
    await rename(path.join(folder, "aside"), rooms());
  },
  end: () => rm(folder, { recursive: true }),
});
