/** Where the tests' own Parley serves its page; inference takes the next port. */
export const testPort = Number(process.env.PARLEY_TEST_PORT ?? 18_860);

/** Where a test starts another Parley, set up otherwise; its inference takes the next port. */
export const secondTestPort = testPort + 20;

/** Where a test serves a page of somebody else's that may embed the talk button; the next may not. */
export const embeddingPort = testPort + 40;
