import { expect, it } from "vitest";
import { sealCore } from "./seal-geometry";
import { SealMotion } from "./seal-motion";

it("rests until something sounds, and again a while after", () => {
  const motion = new SealMotion("speaking");
  expect(motion.isAtRest).toBe(true);
  motion.advance(0.8, 100);
  expect(motion.isAtRest).toBe(false);
  expect(motion.history[0]).toBeGreaterThan(0.7);
  for (let at = 0; at < 3_000; at += 33) motion.advance(0, 33);
  expect(motion.isAtRest).toBe(true);
});

it("does not move for the hiss of a quiet room", () => {
  const motion = new SealMotion("listening");
  for (let at = 0; at < 1_000; at += 33) motion.advance(0.06, 33);
  expect(motion.isAtRest).toBe(true);
});

it("goes on while the agent thinks", () => {
  expect(new SealMotion("thinking").isAtRest).toBe(false);
});

it("shows the same after the same time, however often it is drawn", () => {
  const often = new SealMotion("speaking");
  const seldom = new SealMotion("speaking");
  for (let frame = 0; frame < 60; frame++) often.advance(0.5, 1_000 / 60);
  for (let frame = 0; frame < 15; frame++) seldom.advance(0.5, 1_000 / 15);
  expect(seldom.history[20]).toBeCloseTo(often.history[20] ?? 0, 2);
  expect(seldom.core.radius).toBeCloseTo(often.core.radius, 2);
});

it("eases the disc into another mode, and moves on no further than that", () => {
  const motion = new SealMotion("speaking");
  motion.setMode("away");
  expect(motion.isAtRest).toBe(false);
  for (let at = 0; at < 1_000; at += 33) motion.advance(0, 33);
  expect(motion.isAtRest).toBe(true);
  expect(motion.core.radius).toBeCloseTo(sealCore("away", 0).radius, 0);
});
