/** A stand-in for start.mjs: starts one program under supervision and tells its process id. */
import { watchParent } from "../parent-watch.mjs";
import { startProgram } from "../server-processes.mjs";

const [, , program = ""] = process.argv;
const { supervisor } = startProgram({
  app: "media-server",
  parameters: ["--import", "tsx", program],
  folder: process.cwd(),
  environment: process.env,
});
const stop = () => void supervisor.stop().finally(() => process.exit(0));
process.on("SIGTERM", stop);
watchParent(stop);
