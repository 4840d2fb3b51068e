import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { agentId, benId } from "../testing/room-samples";
import { Speaker } from "./speaker";

let speaker: Speaker;

beforeEach(() => {
  speaker = new Speaker();
});

afterEach(() => {
  speaker.close();
});

function voice(): MediaStreamTrack {
  return { enabled: true } as MediaStreamTrack;
}

it("plays each member through an element of their own", () => {
  speaker.add(benId, voice());
  speaker.add(agentId, voice());
  speaker.add(agentId, voice());
  expect(document.querySelectorAll("audio")).toHaveLength(2);
  speaker.remove(benId);
  speaker.close();
  expect(document.querySelectorAll("audio")).toHaveLength(0);
});

it("marks and hushes the agent, even one that is known only after it is heard", () => {
  const agent = voice();
  const ben = voice();
  speaker.add(agentId, agent);
  speaker.add(benId, ben);
  speaker.hushAgent();
  expect([agent.enabled, ben.enabled]).toEqual([true, true]);
  speaker.setAgents([agentId]);
  expect([agent.enabled, ben.enabled]).toEqual([false, true]);
  expect(document.querySelectorAll("audio[data-agent-audio]")).toHaveLength(1);
  speaker.unhushAgent();
  expect(agent.enabled).toBe(true);
});

it("tells when the browser wants a click first, and that it was given one", async () => {
  const told: boolean[] = [];
  speaker.subscribe(({ isBlocked }) => told.push(isBlocked));
  const play = vi.spyOn(HTMLMediaElement.prototype, "play");
  play.mockRejectedValueOnce(new DOMException("", "NotAllowedError"));
  speaker.add(benId, voice());
  await vi.waitFor(() => {
    expect(told).toEqual([true]);
  });
  speaker.unlock();
  await vi.waitFor(() => {
    expect(told).toEqual([true, false]);
  });
});
