/** Where the tests' own Parley serves its page; inference takes the next port. */
export const testPort = Number(process.env.PARLEY_TEST_PORT ?? 18_860);
