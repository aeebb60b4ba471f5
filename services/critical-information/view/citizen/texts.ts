/** Words for the person the information is about. What is registered keeps the words it was registered with. */
import { citizenNothing, entryWords } from '@helsevev/panel/texts.ts'
import { texts } from '@helsevev/ui/texts.ts'

declare module '@helsevev/ui/texts.ts' {
  interface Namespaces {
    'critical-information/citizen': typeof criticalInformationCitizenTexts
  }
}

// biome-ignore format: a table, one row to a text
export const criticalInformationCitizenTexts = texts({
  ...citizenNothing,
  'news.serious': ['kritisk informasjon', 'kritisk informasjon', 'critical information'],
  ...entryWords,
  lead: ['Det helsepersonell må vite for å gi trygg hjelp, for eksempel at du ikke tåler et legemiddel.',
    'Det helsepersonell må vite for å gi trygg hjelp, til dømes at du ikkje toler eit legemiddel.',
    'What health personnel must know to give safe care, for example a medicine you do not tolerate.'],
  category: ['Hva det er', 'Kva det er', 'What it is'],
  happened: ['Hva som har skjedd', 'Kva som har skjedd', 'What has happened'],
  certainty: ['Hvor sikkert', 'Kor sikkert', 'How certain'],
  'sure.confirmed': ['Bekreftet', 'Stadfesta', 'Confirmed'], 'sure.presumed': ['Sannsynlig', 'Sannsynleg', 'Probable'],
  'sure.unconfirmed': ['Mistenkt, ikke bekreftet', 'Mistenkt, ikkje stadfesta', 'Suspected, not confirmed'],
  since: ['Registrert', 'Registrert', 'Registered'],
  by: ['Registrert av', 'Registrert av', 'Registered by'],
  updated: ['Endret {{date}} av {{who}}', 'Endra {{date}} av {{who}}', 'Changed {{date}} by {{who}}'],
  sources: ['{{count}} har registrert det samme. Den som skal endre eller skjule det, må gjøre det for hver av dem.',
    '{{count}} har registrert det same. Den som skal endre eller skjule det, må gjere det for kvar av dei.',
    '{{count}} have registered the same. To change or hide it, do so for each of them.'],
  validUntil: ['Gjelder til {{date}}.', 'Gjeld til {{date}}.', 'Applies until {{date}}.'],
  'standing.not-begun': ['Gjelder ikke ennå.', 'Gjeld ikkje enno.', 'Does not apply yet.'],
  validFrom: ['Gjelder fra {{date}}.', 'Gjeld frå {{date}}.', 'Applies from {{date}}.'],
  'standing.ended': ['Gjelder ikke lenger.', 'Gjeld ikkje lenger.', 'No longer applies.'],
  'standing.refuted': ['Undersøkt: det gjelder ikke.', 'Undersøkt: det gjeld ikkje.', 'Examined: it does not apply.'],
  before: ['Vis {{count}} som ikke gjelder nå', 'Vis {{count}} som ikkje gjeld no', 'Show {{count}} that do not apply now'],
  noneNow: ['Ingenting gjelder nå.', 'Ingenting gjeld no.', 'Nothing applies now.'],
  'none.title': ['Ingen kritisk informasjon', 'Ingen kritisk informasjon', 'No critical information'],
  'unknown.text': ['Ingen har registrert noe her. Si til fastlegen det helsepersonell må vite.',
    'Ingen har registrert noko her. Sei til fastlegen det helsepersonell må vite.',
    'Nobody has registered anything here. Let your GP know what health personnel must know.'],
})
