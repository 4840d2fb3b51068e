/** English word lists that hint whether a sentence goes on; normalised, so hyphens are spaces. */

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}

/** Hesitations. */
export const fillers = words("um uh uhm umm er erm hmm hm mm ah eh like well so");

/** Words that do not end a sentence. */
export const danglingWords = words(`
  and or but because cause if when while that which who whose than as although though unless until
  since whether so then also plus
  a an the my your his its our their this these those every each some any no
  of in on at to for from with without about into onto over under between through by near during
  against toward towards like
  is are was were am be been being i'm you're we're they're it's that's there's i'll you'll we'll
  i've you've i'd you'd he's she's what's where's let's
  do does did don't doesn't didn't has have had can could will would shall should may might must
  can't couldn't won't wouldn't shouldn't
  i he she we they
  very really too quite rather just only more most such not never always
  mr mrs ms dr
  going gonna wanna called named
`);

/** Verbs that need an object, unless a question word is their object. */
export const objectVerbs = words(
  "want wants wanted need needs tell give gives gave say says said put puts make makes",
);

export const articles = words("a an the my your our their some any another every this that");

/** Words that mostly precede a noun when they follow an article. */
export const adjectives = words(`
  long short big small large huge great new old little young nice good bad better best worst funny
  scary sad happy different simple quick easy hard whole entire few favorite favourite first second
  third next last other same certain real very more red blue green black white hot cold
`);

/** Incomplete pairs whose last word alone could end a sentence. */
export const danglingPairs: ReadonlySet<string> = new Set([
  "you know",
  "i mean",
  "i think",
  "i guess",
  "kind of",
  "sort of",
  "as well",
  "would like",
  "i like",
  "i love",
  "i hate",
  "i was",
  "to know",
  "how about",
  "what about",
  "for example",
  "and then",
  "even if",
  "name is",
  "times what",
]);

/** Whole utterances that are usually the beginning of more. */
export const openings: ReadonlySet<string> = new Set([
  "hey parley",
  "can you",
  "could you",
  "please",
  "okay so",
  "tell me",
  "tell me about",
  "i want to",
  "let me",
  "let me think",
  "let me see",
  "what is",
  "how much",
  "how many",
  "one more",
  "remember that",
]);

/** Whole utterances that are complete. */
export const completeAnswers: ReadonlySet<string> = new Set([
  "yes",
  "no",
  "yeah",
  "nope",
  "yep",
  "mm hmm",
  "mmhmm",
  "mhm",
  "uh huh",
  "okay",
  "ok",
  "sure",
  "right",
  "correct",
  "exactly",
  "hello",
  "hi",
  "hey",
  "hello there",
  "hi there",
  "good morning",
  "good evening",
  "good afternoon",
  "good night",
  "goodbye",
  "bye",
  "bye bye",
  "see you",
  "thanks",
  "thank you",
  "thanks a lot",
  "thank you very much",
  "stop",
  "wait",
  "stop it",
  "never mind",
  "help",
  "yes please",
  "no thanks",
  "no thank you",
  "of course",
  "i do",
  "i am",
  "i can",
  "yes i do",
  "yes i am",
  "no i don't",
  "i don't",
  "me too",
  "not really",
  "i think so",
  "i don't know",
  "repeat that",
  "say that again",
  "do that",
  "tell me more",
  "who are you",
  "how are you",
  "what",
  "why",
  "how",
]);

/** First words of questions. */
export const questionWords = words(`
  what who whom whose when where why how which is are am was were do does did can could will would
  shall should may have has
`);

/** First words of requests. */
export const requestWords = words(
  "tell spell count say give show play sing repeat explain stop start help read write go turn open",
);
