/** Of Riva's synthesis. */
export const rivaLimits = {
  /** Hz; the server converts what its model makes. */
  sampleRate: 22_050,
  /** A request's longest text, which servers refuse beyond. */
  maxTextCharacters: 400,
} as const;
