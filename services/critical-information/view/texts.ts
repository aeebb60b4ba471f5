/** Words of the panel. What is registered is shown in the words it was registered with. */
import { texts } from '@helsevev/ui/texts.ts'

declare module '@helsevev/ui/texts.ts' {
  interface Namespaces {
    'critical-information': typeof criticalInformationTexts
  }
}

// biome-ignore format: a table, one row to a text
export const criticalInformationTexts = texts({
  'line.registered': ['Registrert', 'Registrert', 'Registered'],
  'line.changed': ['Endret', 'Endra', 'Changed'],
  banner_one: ['Kritisk informasjon:', 'Kritisk informasjon:', 'Critical information:'],
  banner_other: ['Kritisk informasjon ({{count}}):', 'Kritisk informasjon ({{count}}):', 'Critical information ({{count}}):'],
  'signal.some': ['Kritisk informasjon: {{count}}', 'Kritisk informasjon: {{count}}', 'Critical information: {{count}}'],
  'signal.unavailable': ['Kritisk informasjon svarer ikke', 'Kritisk informasjon svarer ikkje', 'Critical information does not answer'],
  'signal.withheld': ['Kritisk informasjon er holdt tilbake', 'Kritisk informasjon er halden tilbake', 'Critical information is withheld'],
  'signal.withheld-by-patient': ['Kritisk informasjon er holdt tilbake', 'Kritisk informasjon er halden tilbake',
    'Critical information is withheld'],
  noneNow: ['Ingenting gjelder nå.', 'Ingenting gjeld no.', 'Nothing applies now.'],
  before_one: ['Vis {{count}} som er avkreftet eller avsluttet', 'Vis {{count}} som er avkrefta eller avslutta',
    'Show {{count}} refuted or ended'],
  before_other: ['Vis {{count}} som er avkreftet eller avsluttet', 'Vis {{count}} som er avkrefta eller avslutta',
    'Show {{count}} refuted or ended'],
  serious: ['Alvorlig', 'Alvorleg', 'Serious'],
  'certainty.presumed': ['Sannsynlig', 'Sannsynleg', 'Probable'],
  'certainty.unconfirmed': ['Mistenkt', 'Mistenkt', 'Suspected'],
  'standing.ended': ['Avsluttet', 'Avslutta', 'Ended'],
  'standing.refuted': ['Avkreftet', 'Avkrefta', 'Refuted'],
  validUntil: ['Gjelder til {{date}}.', 'Gjeld til {{date}}.', 'Applies until {{date}}.'],
  updated: ['Endret av {{who}} {{date}}.', 'Endra av {{who}} {{date}}.', 'Changed by {{who}} on {{date}}.'],
  'none.title': ['Ingen kritisk informasjon', 'Ingen kritisk informasjon', 'No critical information'],
  'none.text': ['De som deler med dere, har ikke registrert noe.', 'Dei som deler med dykk, har ikkje registrert noko.',
    'Those who share with you have registered nothing.'],
  'unknown.text': ['Ingen har registrert kritisk informasjon her. Det betyr ikke at det ikke finnes.',
    'Ingen har registrert kritisk informasjon her. Det tyder ikkje at det ikkje finst.',
    'Nobody has registered critical information here. That does not mean that there is none.'],
  'withheld.text': ['Det finnes kritisk informasjon som ingen avtale åpner for dere.',
    'Det finst kritisk informasjon som ingen avtale opnar for dykk.', 'There is critical information that no agreement opens to you.'],
  'unavailable.title': ['Kritisk informasjon svarer ikke', 'Kritisk informasjon svarer ikkje', 'Critical information does not answer'],
  'unavailable.text': ['Vi vet ikke om det finnes noe. Spør pasienten, og prøv igjen.',
    'Vi veit ikkje om det finst noko. Spør pasienten, og prøv igjen.',
    'We do not know whether there is any. Ask the patient, and try again.'],
  'partial.title': ['Ikke alt vises', 'Ikkje alt er vist', 'Not everything is shown'],
  'partial.text': ['Noe er registrert hos andre som ingen avtale åpner for dere.',
    'Noko er registrert hos andre som ingen avtale opnar for dykk.', 'Others have registered something that no agreement opens to you.'],
})
