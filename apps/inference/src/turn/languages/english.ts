import { englishGrammar, prepositions } from "./english-grammar";
import { phrases, words, type TurnLanguage } from "./turn-language";

const digits = "zero oh one two three four five six seven eight nine double triple";

export const english: TurnLanguage = {
  fillers: words("um uh uhm umm er erm hmm hm mm ah eh like well so"),
  danglingWords: words(`
    and or but nor because cause if when while which who whose than as although though unless until
    since whether so also plus
    a an the my your his its our their every each any no
    of in on at to for from with without about into onto over under between through by near during
    against toward towards like
    is are was were am be been being i'm you're we're they're it's that's there's i'll you'll we'll
    i've you've i'd you'd he's she's what's where's let's
    do does did don't doesn't didn't has have had can could will would shall should may might must
    can't couldn't won't wouldn't shouldn't isn't wasn't aren't
    i he she we they
    very really too quite rather just only such not never always maybe perhaps
    mr mrs ms dr
    going gonna wanna called named spelled spelt happen
  `),
  danglingEndings: [
    "you know",
    "i mean",
    "i think",
    "i thought",
    "i guess",
    "kind of",
    "sort of",
    "as well as",
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
    "the word",
    "the words",
    "the name",
    "in order",
    "so that",
  ],
  openings: phrases(`
    hey parley | can you | could you | can i | would you | please | okay so | tell me | tell me about
    i want to | let me | let me think | let me see | what is | how much | how many | one more
    remember that | remind me | give me | show me | let's see | could you please | can you please
    would you please | one second | one moment | just a second | just a moment | the first
    excuse me | i have a question | i've got a question | i have another question | one more question
    another question | let me ask you something | let me tell you something | here's the thing
  `),
  leadIns: words(`
    well okay ok so and but um uh er yes yeah no hey hi hello then right sorry also now alright
    great thanks oh ah hmm
  `),
  tailWords: words(`followed separated accompanied preceded divided including excluding than`),
  prepositions: new Set([...prepositions, ...words("until before after around")]),
  questionWords: words(`
    what who whom whose when where why how which is are am was were do does did can could will would
    shall should may have has isn't aren't don't doesn't didn't can't couldn't won't wouldn't haven't
    hasn't what's who's where's when's how's
  `),
  questionEndings: new Set(),
  shortestQuestion: 3,
  requestWords: words(`
    tell spell count say give show play sing repeat explain stop start help read write go turn open
    close switch set call remind find search look check book buy order send add remove delete create
    make bring take put pick wake translate calculate convert describe summarize summarise list name
    pause continue skip divide multiply compare define guess pretend imagine change save move replace
    copy rename update cancel reset resume mute increase decrease raise reserve dial press choose select
  `),
  courtesies: [["please"]],
  requestEndings: new Set(),
  commands: phrases(`
    stop | wait | help | repeat | continue | next | go on | go ahead | stop it | never mind
    repeat that | say that again | do that | tell me more | what | why | how | who | when | where
    pardon | hold on | be quiet
  `),
  completeAnswers: phrases(`
    yes | no | yeah | nope | yep | mm hmm | mmhmm | mhm | uh huh | okay | ok | sure | right | correct
    exactly | hello | hi | hey | hello there | hi there | good morning | good evening
    good afternoon | good night | goodbye | bye | bye bye | see you | thanks | thank you
    thanks a lot | thank you very much | yes please | no thanks | no thank you | of course | i do
    i am | i can | yes i do | yes i am | no i don't | i don't | me too | not really | i think so
    i don't know | i see | got it | maybe | never | always | perhaps | i would | i will | i have
    really | i did | i was | no i'm not | no i am not | that's it | that is it | that's all
  `),
  digits: words(digits),
  zeros: words("zero oh"),
  repeats: new Map([
    ["double", 2],
    ["triple", 3],
  ]),
  numberWords: words(`
    ${digits} ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty
    thirty forty fifty sixty seventy eighty ninety hundred thousand million billion point and
  `),
  operators: words("plus minus times divided multiplied percent over"),
  figureNouns: words(
    "number code pin zip postcode extension password account card phone cell serial",
  ),
  // North America's numbers without and with area and country code; Britain's begin with a zero.
  figureLengths: [
    {
      nouns: words("phone cell mobile telephone fax"),
      isUsual: true as const,
      lengths: [7, 10, 11],
      afterZero: [10, 11],
    },
    { nouns: words("zip postcode"), lengths: [5] },
    { nouns: words("pin"), lengths: [4, 6] },
    { nouns: words("card"), lengths: [15, 16] },
  ],
  plus: "plus",
  spellingWords: words("spell spelled spelt spelling letters"),
  addressWords: words("address street live"),
  nameWords: words("name called"),
  beforeFirstNumber: [
    "what is",
    "what's",
    "how much is",
    "calculate",
    "add",
    "multiply",
    "divide",
    "from",
    "between",
  ],
  articles: words("a an the my your our their some any another every this that"),
  adjectives: words(`
    long short big small large huge great new old little young nice good bad better best worst funny
    scary sad happy different simple quick easy hard whole entire few favorite favourite first second
    third next last other same certain real very more red blue green black white hot cold
  `),
  listEnds: words("and or nor"),
  grammar: englishGrammar,
};
