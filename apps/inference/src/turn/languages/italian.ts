import { phrases, words, type TurnLanguage } from "./turn-language";

const digits = "zero uno due tre quattro cinque sei sette otto nove";

export const italian: TurnLanguage = {
  fillers: words("ehm eh mmm hm beh mah allora"),
  danglingWords: words(`
    e ed o ma perché che quando se come mentre anche dove un una uno il lo la i gli le del della
    dei delle al alla ai mio mia tuo tua suo sua nostro nostra ogni
    nessun a in su per con senza tra fra da di dal dalla nel nella è sono era erano sei ho hai
    ha abbiamo avete hanno posso può puoi potrei potresti potrebbe voglio vorrei devo io tu lui
    lei noi molto più meno non mi ti si cui chiamato
  `),
  danglingEndings: [
    "e poi",
    "per esempio",
    "penso che",
    "credo che",
    "voglio dire",
    "una specie di",
    "nome è",
    "numero è",
    "mi chiamo",
    "quello che",
    "mi piacerebbe",
  ],
  openings: phrases(`
    puoi | può | potresti | potrebbe | per favore | dimmi | mi dica | aspetta | un momento
    quanto fa | qual è | che cos è | vediamo | ho una domanda | un'altra domanda
  `),
  leadIns: words("e ma allora quindi sì no ciao grazie ok okay beh ehm ah bene senti"),
  tailWords: words(`seguito seguita seguiti seguite separato separata separati separate`),
  prepositions: words(
    `di del della in nel nella a al alla per con senza su da dal dalla prima dopo tra fra`,
  ),
  questionWords: words(`
    chi che cosa quando dove perché come quanto quanta quanti quante quale quali qual puoi può
    potresti potrebbe c'è ci hai ha sai sa vuoi vuole è sono cos'è dov'è com'è
  `),
  questionEndings: words(
    "è sei sono era erano ha hai ho hanno posso può puoi voglio devo lui lei tu io noi",
  ),
  shortestQuestion: 2,
  requestWords: words(`
    di dimmi racconta raccontami spiega spiegami dai dammi mostra mostrami suona metti ripeti
    leggi scrivi accendi spegni apri chiudi cerca chiama ricordami traduci aiutami conta calcola
    fai
  `),
  courtesies: [
    ["per", "favore"],
    ["per", "piacere"],
  ],
  requestEndings: new Set(),
  commands: phrases(`
    stop | fermati | ferma | aspetta | basta | aiuto | continua | ancora | cosa | perché | come
    chi | quando | dove | silenzio | zitto
  `),
  completeAnswers: phrases(`
    sì | no | va bene | ok | okay | certo | esatto | giusto | naturalmente | ciao | salve
    buongiorno | buonasera | buonanotte | arrivederci | grazie | grazie mille | sì grazie
    no grazie | non lo so | non so | forse | d accordo
  `),
  digits: words(digits),
  zeros: words("zero"),
  repeats: new Map(),
  numberWords: words(
    `${digits} dieci undici dodici venti trenta quaranta cinquanta sessanta settanta ottanta novanta cento mille virgola e`,
  ),
  operators: words("più meno per diviso"),
  figureNouns: words("numero telefono cellulare codice pin postale conto carta password"),
  figureLengths: [
    { nouns: words("telefono cellulare fax"), lengths: [10], isUsual: true },
    { nouns: words("postale"), lengths: [5] },
    { nouns: words("pin"), lengths: [4, 6] },
    { nouns: words("carta"), lengths: [16] },
  ],
  plus: "più",
  spellingWords: words("scrive lettere"),
  addressWords: words("indirizzo via abiti abita"),
  nameWords: words("nome cognome chiami chiama"),
  beforeFirstNumber: ["quanto fa", "da", "tra"],
  articles: words("un una uno il lo la i gli le"),
  adjectives: words(`
    grande piccolo piccola nuovo nuova vecchio vecchia bel bella altro altra primo prima ultimo
    ultima
  `),
  listEnds: words("e ed o"),
};
