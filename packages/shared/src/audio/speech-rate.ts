/**
 * Hz of all speech that is recognized: microphones on the agent link, voice activity, recognisers,
 * and sound files once decoded.
 */
export const speechRate = 16_000;

/** Samples of a millisecond at `speechRate`. */
export const speechSamplesPerMs = speechRate / 1_000;
