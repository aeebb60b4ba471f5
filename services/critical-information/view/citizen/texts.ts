/** Words for the person the information is about. What is registered keeps the words it was registered with. */
import { texts } from '@helsevev/ui/texts.ts'

declare module '@helsevev/ui/texts.ts' {
  interface Namespaces {
    'critical-information/citizen': typeof criticalInformationCitizenTexts
  }
}

// biome-ignore format: a table, one row to a text
export const criticalInformationCitizenTexts = texts({
  lead: ['Det helsepersonell må vite for å gi trygg hjelp, for eksempel om du ikke tåler et legemiddel.',
    'Det helsepersonell må vite for å gi trygg hjelp, til dømes om du ikkje toler eit legemiddel.',
    'What health personnel must know to give safe care, for example that you do not tolerate a medicine.'],
  category: ['Hva det er', 'Kva det er', 'What it is'],
  happened: ['Hva som har skjedd', 'Kva som har skjedd', 'What has happened'],
  certainty: ['Hvor sikkert', 'Kor sikkert', 'How certain'],
  'sure.confirmed': ['Bekreftet', 'Stadfesta', 'Confirmed'],
  'sure.presumed': ['Sannsynlig', 'Sannsynleg', 'Probable'],
  'sure.unconfirmed': ['Mistenkt, ikke bekreftet', 'Mistenkt, ikkje stadfesta', 'Suspected, not confirmed'],
  since: ['Registrert', 'Registrert', 'Registered'],
  by: ['Registrert av', 'Registrert av', 'Registered by'],
  updated: ['Endret {{date}} av {{who}}', 'Endra {{date}} av {{who}}', 'Changed {{date}} by {{who}}'],
  validUntil: ['Gjelder til {{date}}.', 'Gjeld til {{date}}.', 'Holds until {{date}}.'],
  'standing.ended': ['Gjelder ikke lenger.', 'Gjeld ikkje lenger.', 'Holds no longer.'],
  'standing.refuted': ['Undersøkt og avkreftet: det gjelder ikke.', 'Undersøkt og avkrefta: det gjeld ikkje.',
    'Examined and refuted: it does not hold.'],
  call: ['Stemmer det ikke? Ring {{who}},', 'Stemmer det ikkje? Ring {{who}},', 'Is it wrong? Call {{who}},'],
  ask: ['Stemmer det ikke? Ta det opp med {{who}}.', 'Stemmer det ikkje? Ta det opp med {{who}}.', 'Is it wrong? Take it up with {{who}}.'],
  noneNow: ['Ingenting gjelder nå.', 'Ingenting gjeld no.', 'Nothing holds now.'],
  before_one: ['Vis {{count}} som ikke gjelder lenger', 'Vis {{count}} som ikkje gjeld lenger', 'Show {{count}} that holds no longer'],
  before_other: ['Vis {{count}} som ikke gjelder lenger', 'Vis {{count}} som ikkje gjeld lenger', 'Show {{count}} that hold no longer'],
  'none.title': ['Ingen kritisk informasjon', 'Ingen kritisk informasjon', 'No critical information'],
  'none.text': ['De som deler her, har svart at det ikke er registrert noe.',
    'Dei som deler her, har svart at det ikkje er registrert noko.', 'Those who share here have answered that nothing is registered.'],
  'unknown.text': ['Ingen har registrert kritisk informasjon her. Er det noe helsepersonell må vite, så si det til fastlegen.',
    'Ingen har registrert kritisk informasjon her. Er det noko helsepersonell må vite, så sei det til fastlegen.',
    'Nobody has registered critical information here. If there is something health personnel must know, tell the GP.'],
  'withheld.title': ['Noe vises ikke', 'Noko er ikkje vist', 'Something is not shown'],
  'withheld.text': ['Det finnes kritisk informasjon som ikke vises her.', 'Det finst kritisk informasjon som ikkje er vist her.',
    'There is critical information that is not shown here.'],
  'unavailable.title': ['Kritisk informasjon kan ikke hentes nå', 'Kritisk informasjon kan ikkje hentast no',
    'Critical information cannot be fetched now'],
  'unavailable.text': ['Vi vet ikke om det er registrert noe. Prøv igjen litt senere.',
    'Vi veit ikkje om det er registrert noko. Prøv igjen litt seinare.',
    'We do not know whether anything is registered. Try again a little later.'],
})
