import type { Fault } from "../fault";
import { deadChatServer } from "./dead-chat-server";
import { failingDisks } from "./failing-disks";
import { frozenInference } from "./frozen-inference";
import { killedProcesses } from "./killed-processes";
import { noDescriptors } from "./no-descriptors";

export const allFaults: readonly Fault[] = [
  ...killedProcesses,
  frozenInference,
  ...failingDisks,
  noDescriptors,
  deadChatServer,
];
