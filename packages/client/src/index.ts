/**
 * Parley's rooms for any web page: talk with an agent and with people, with a transcript. This is what
 * `/client/parley-client.js` of every server offers; docs/client.md is its manual.
 *
 * @module
 */
export { createRoom, type NewRoom } from "./entrance/create-room";
export { joinRoom, type JoinRoomOptions } from "./entrance/join-room";
export { JoinedRoom } from "./entrance/joined-room";
export type { JoinedRoomEvents, Level, Line, Person, State } from "./entrance/joined-room-events";
export { isPermanentProblem, ProblemError, type ProblemCode } from "./problem";
export type { ConnectionState } from "./room/client-event";
export {
  canChooseSpeaker,
  listAudioDevices,
  subscribeToDeviceChanges,
  type AudioDevice,
  type AudioDevices,
} from "./sound/audio-devices";
export { playTestTone } from "./sound/test-tone";
