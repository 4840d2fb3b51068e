import { phrases, words, type TurnLanguage } from "./turn-language";

const digits = "zéro un deux trois quatre cinq six sept huit neuf";

export const french: TurnLanguage = {
  fillers: words("euh heu hum hm ben bah hmm"),
  danglingWords: words(`
    et ou mais car parce que quand si comme lorsque puisque quoique afin un une le la les des du
    de d' au aux mon ma mes ton ta tes son sa ses notre votre leur ce cet cette ces chaque aucun
    à dans sur sous pour avec sans vers chez entre par depuis est sont était étaient suis es
    sera ai as a avons avez ont peux peut pouvez pourrais pourriez veux voudrais dois je tu il
    elle nous on très trop ne qui dont
  `),
  danglingEndings: [
    "et puis",
    "par exemple",
    "je pense",
    "je crois",
    "je veux dire",
    "c'est",
    "j'ai",
    "une sorte de",
    "nom est",
    "numéro est",
    "je m'appelle",
    "est-ce que",
    "parce que",
    "qu'est ce que",
    "est ce que",
  ],
  openings: phrases(`
    peux tu | pouvez vous | pourriez vous | pourrais tu | dis moi | dites moi | attends
    un instant | un moment | combien de | quel est | j'ai une question | encore une question
  `),
  leadIns: words(`
    et mais alors donc oui non bon ben bonjour salut merci euh ok okay ah voilà
  `),
  tailWords: words(`suivi suivie suivis suivies séparé séparée séparés séparées`),
  prepositions: words(`de du des en dans à au aux pour avec sans sur vers chez avant après entre`),
  questionWords: words(`
    qui que quoi quand où pourquoi comment combien quel quelle quels quelles est-ce qu'est peux
    peut pouvez pourriez pourrais est es avez as veux voulez sais savez y
  `),
  questionEndings: words(
    "tu il elle nous on je es est sont suis as a ont avons ai peux veux dois plus avec sur dessus",
  ),
  shortestQuestion: 2,
  requestWords: words(`
    dis dites raconte racontez explique expliquez donne donnez montre montrez joue jouez répète
    répétez épelle épelez compte comptez lis lisez écris écrivez mets mettez allume allumez
    éteins éteignez ouvre ouvrez ferme fermez cherche cherchez appelle appelez rappelle rappelez
    traduis traduisez aide aidez arrête arrêtez
  `),
  courtesies: [
    ["s'il", "te", "plaît"],
    ["s'il", "vous", "plaît"],
  ],
  requestEndings: words("sur avec dessus"),
  commands: phrases(`
    stop | arrête | arrêtez | attends | attendez | aide moi | continue | continuez | encore
    quoi | pourquoi | comment | qui | quand | où | silence | tais toi
  `),
  completeAnswers: phrases(`
    oui | non | si | d'accord | ok | okay | exact | exactement | bien sûr | bonjour | bonsoir
    salut | au revoir | bonne nuit | merci | merci beaucoup | oui merci | non merci
    je ne sais pas | peut être | voilà | ça va
  `),
  digits: words(digits),
  zeros: words("zéro"),
  repeats: new Map(),
  numberWords: words(
    `${digits} dix onze douze treize quatorze quinze seize vingt trente quarante cinquante soixante cent mille virgule et`,
  ),
  operators: words("plus moins fois divisé"),
  figureNouns: words("numéro téléphone portable code pin postal compte carte"),
  figureLengths: [
    { nouns: words("téléphone portable fax"), lengths: [10], isUsual: true },
    { nouns: words("postal"), lengths: [5] },
    { nouns: words("pin"), lengths: [4, 6] },
    { nouns: words("carte"), lengths: [16] },
  ],
  plus: "plus",
  spellingWords: words("épelle s'épelle épeler lettres s'écrit"),
  addressWords: words("adresse rue habitez habites"),
  nameWords: words("nom prénom appelez appelles"),
  beforeFirstNumber: ["combien font", "combien fait", "de", "entre"],
  articles: words("un une le la les des mon ma ton ta"),
  adjectives: words(`
    petit petite grand grande nouveau nouvelle vieux vieille bon bonne beau belle autre premier
    première dernier dernière
  `),
  listEnds: words("et ou"),
};
