import { describe, expect, it } from "vitest";
import { ToolCallPieces } from "./tool-call-pieces";

type Pieces = Parameters<ToolCallPieces["push"]>[0];

const piece = (
  index: number | null,
  id: string | null,
  name: string | null,
  text: string | null,
): Pieces[number] => ({ index, id, function: { name, arguments: text } });

function callsOf(...pieces: Pieces[number][]): [id: unknown, name: unknown, text: unknown][] {
  const calls = new ToolCallPieces();
  for (const each of pieces) calls.push([each]);
  return calls.calls.map(({ id, function: { name, arguments: text } }) => [id, name, text]);
}

describe("calls of tools", () => {
  it("come in pieces, several at once", () => {
    expect(
      callsOf(
        piece(0, "a", "one", ""),
        piece(1, "b", "two", '{"x"'),
        piece(0, null, null, '{"y":'),
        piece(1, null, null, ":1}"),
        piece(0, null, null, "2}"),
      ),
    ).toEqual([
      ["a", "one", '{"y":2}'],
      ["b", "two", '{"x":1}'],
    ]);
  });

  it("come whole, with the same index for all, or with none", () => {
    const whole = [piece(0, "a", "one", "{}"), piece(0, "b", "one", '{"z":1}')];
    expect(callsOf(...whole)).toEqual([
      ["a", "one", "{}"],
      ["b", "one", '{"z":1}'],
    ]);
    expect(callsOf(piece(null, null, "one", "{}"), piece(null, null, "two", "{}"))).toEqual([
      ["call-1", "one", "{}"],
      ["call-2", "two", "{}"],
    ]);
  });

  it("come with the name and id in every piece", () => {
    expect(callsOf(piece(0, "a", "one", '{"x":'), piece(0, "a", "one", "1}"))).toEqual([
      ["a", "one", '{"x":1}'],
    ]);
    expect(callsOf(piece(0, null, "one", '{"x":'), piece(0, null, "one", "1}"))).toEqual([
      ["call-1", "one", '{"x":1}'],
    ]);
  });

  it("have an id of their own where the server gives one twice", () => {
    const pieces = [piece(0, "", "one", "{}"), piece(1, "", "two", "{}")];
    expect(callsOf(...pieces).map(([id]) => id)).toEqual(["call-1", "call-2"]);
  });

  it("are one JSON text, also where that is quoted, empty or missing", () => {
    expect(callsOf(piece(0, "a", "one", JSON.stringify('{"x":1}')))).toEqual([
      ["a", "one", '{"x":1}'],
    ]);
    expect(callsOf(piece(0, "a", "one", null))).toEqual([["a", "one", "{}"]]);
    expect(callsOf(piece(0, "a", "one", '{"x":'))).toEqual([["a", "one", '{"x":']]);
  });

  it("are bounded, and nothing without a name", () => {
    const calls = new ToolCallPieces();
    for (let at = 0; at < 100; at++) calls.push([piece(at, `${at}`, "one", "{}")]);
    expect(calls.calls).toHaveLength(32);
    expect(callsOf(piece(0, "a", null, "{}"))).toEqual([]);
  });
});
