/** Refusal of lines of a server that has the room no more: another one has opened it since. */
export class RoomTakenError extends Error {
  constructor() {
    super("another server has opened the room");
    this.name = "RoomTakenError";
  }
}
