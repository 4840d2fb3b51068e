import { roomIdSchema } from "@parley/shared/protocol/ids";
import { roomCreateRequestSchema } from "@parley/shared/protocol/rooms-api";
import { memberNameSchema } from "@parley/shared/protocol/signalling";
import { z } from "zod";

const text = z.string().optional();

const fragmentSchema = z.object({
  room: roomIdSchema.optional(),
  name: memberNameSchema.default("Visitor"),
  theme: z.enum(["light", "dark"]).optional(),
  title: text,
  agent: text,
  greeting: text,
  instructions: text,
  voice: text,
  language: text,
});

/** What the script element of the surrounding page asks for. */
export type EmbedOptions = {
  /** Room to join; without one each visitor gets a new one. */
  roomId: z.infer<typeof roomIdSchema> | undefined;
  /** Settings of a new room. */
  room: z.output<typeof roomCreateRequestSchema>;
  /** The visitor's name, as others in the room see it. */
  name: string;
  /** Undefined: the system's. */
  theme: "light" | "dark" | undefined;
};

/**
 * Reads the fragment of the page's address, which the talk button writes: `#agent=Robin&theme=dark`.
 *
 * @throws ZodError that names what cannot be used
 */
export function readEmbedOptions(fragment: string): EmbedOptions {
  const written = new URLSearchParams(fragment.replace(/^#/, ""));
  const { room, name, theme, title, agent, ...rest } = fragmentSchema.parse(
    Object.fromEntries(written),
  );
  return {
    roomId: room,
    name,
    theme,
    room: roomCreateRequestSchema.parse({ title, agent: { name: agent, ...rest } }),
  };
}
