import { describe, expect, it } from "vitest";
import { SignallingRoute } from "./signalling-route";

const [two, three] = ["https://two.test", "https://three.test"];

describe("the route of a page to its room", () => {
  it("is its own server, where it knows no other", () => {
    const route = new SignallingRoute("https://one.test");
    expect([route.current, route.hasSeveral, route.next()]).toEqual([null, false, null]);
    route.learn(["https://one.test"]);
    expect(route.hasSeveral).toBe(false);
  });

  it("leads to the address that it is told, and back from there", () => {
    const route = new SignallingRoute("https://one.test");
    expect(route.moveTo(two)).toBe(true);
    expect([route.current, route.moveTo(two)]).toEqual([two, false]);
    expect([route.next(), route.next()]).toEqual([null, two]);
    expect(route.moveTo("https://one.test/")).toBe(true);
    expect(route.current).toBeNull();
  });

  it("tries all servers in turn", () => {
    const route = new SignallingRoute("https://one.test");
    route.learn(["https://one.test", two, three]);
    expect([route.next(), route.next(), route.next()]).toEqual([two, three, null]);
  });

  it("keeps the server where it is, though it is no longer listed", () => {
    const route = new SignallingRoute("https://one.test");
    route.moveTo(two);
    route.learn([three]);
    expect([route.current, route.next(), route.next()]).toEqual([two, three, null]);
  });

  it("leaves out what an encrypted page may not connect to", () => {
    const route = new SignallingRoute("https://one.test");
    route.learn(["http://two.test"]);
    expect(route.hasSeveral).toBe(false);
  });
});
