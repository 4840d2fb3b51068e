/** The English that a voice speaks: American or British. */
export type Accent = "us" | "gb";
