import { FakeClock } from "@parley/shared/testing/fake-clock";
import type { RoomTimer, Tool, ToolRoom } from "../contracts/tool";
import { Timers } from "../session/tools/timers";
import { TranscriptMemory } from "../session/tools/transcript-memory";

/** Monday, 30 November 2026, 16:03 in Berlin. */
export const mondayMs = Date.UTC(2026, 10, 30, 15, 3);

/** A room to call tools in, on a stopped clock. */
export class ToolRoomScript {
  readonly clock = new FakeClock(mondayMs);
  readonly due: RoomTimer[] = [];
  readonly memory = new TranscriptMemory([], 0);
  readonly room: ToolRoom;

  constructor() {
    const timers = new Timers(this.clock);
    timers.attach((timer) => this.due.push(timer));
    this.room = { clock: this.clock, timers, search: (query) => this.memory.search(query) };
  }

  /** @returns the tool's answer, or "failed: " and the reason */
  async call(tool: Tool, input: unknown): Promise<string> {
    const { signal } = new AbortController();
    try {
      return await tool.run(input, { signal, room: this.room });
    } catch (error) {
      return `failed: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
}
