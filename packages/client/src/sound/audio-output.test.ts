import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { agentId, benId } from "../testing/room-samples";
import { AudioOutput } from "./audio-output";

let audioOutput: AudioOutput;

beforeEach(() => {
  audioOutput = new AudioOutput();
});

afterEach(() => {
  audioOutput.close();
});

function voice(): MediaStreamTrack {
  return { enabled: true } as MediaStreamTrack;
}

it("plays each member through an element of their own", () => {
  audioOutput.add(benId, voice());
  audioOutput.add(agentId, voice());
  audioOutput.add(agentId, voice());
  expect(document.querySelectorAll("audio")).toHaveLength(2);
  audioOutput.remove(benId);
  audioOutput.close();
  expect(document.querySelectorAll("audio")).toHaveLength(0);
});

it("marks and mutes the agent, even when its track arrives before the roster", () => {
  const agent = voice();
  const ben = voice();
  audioOutput.add(agentId, agent);
  audioOutput.add(benId, ben);
  audioOutput.muteAgent();
  expect([agent.enabled, ben.enabled]).toEqual([true, true]);
  audioOutput.setAgents([agentId]);
  expect([agent.enabled, ben.enabled]).toEqual([false, true]);
  expect(document.querySelectorAll("audio[data-agent-audio]")).toHaveLength(1);
  audioOutput.unmuteAgent();
  expect(agent.enabled).toBe(true);
});

it("reports that the browser blocks playback, and that a click unblocked it", async () => {
  const changes: boolean[] = [];
  audioOutput.subscribe(({ isBlocked }) => changes.push(isBlocked));
  const play = vi.spyOn(HTMLMediaElement.prototype, "play");
  play.mockRejectedValueOnce(new DOMException("", "NotAllowedError"));
  audioOutput.add(benId, voice());
  await vi.waitFor(() => {
    expect(changes).toEqual([true]);
  });
  audioOutput.unlock();
  await vi.waitFor(() => {
    expect(changes).toEqual([true, false]);
  });
});
