/** Rounds of calls in one answer, after which the model has to answer with what it has. */
export const maxRounds = 6;
/** Calls that are carried out at once. */
export const maxCallsARound = 8;

/** What the model is told of a call beyond that. */
export const tooManyCalls = "Too many calls at once; this one was not carried out.";
