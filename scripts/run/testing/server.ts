/** A stand-in for a server: says its process id, and runs until it is asked to end. */
import { onStopRequest } from "../../../packages/threads/src/server/stop-requests";

const running = setInterval(() => undefined, 60_000);
onStopRequest(() => {
  clearInterval(running);
});
console.log(`server ${process.pid}`);
