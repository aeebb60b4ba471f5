/** Words of the panel. What is registered is shown in the words it was registered with. */
import { personnelNothing } from '@helsevev/panel/texts.ts'
import { texts } from '@helsevev/ui/texts.ts'

declare module '@helsevev/ui/texts.ts' {
  interface Namespaces {
    'critical-information': typeof criticalInformationTexts
  }
}

// biome-ignore format: a table, one row to a text
export const criticalInformationTexts = texts({
  ...personnelNothing,
  'line.registered': ['Registrert', 'Registrert', 'Registered'],
  'line.changed': ['Endret', 'Endra', 'Changed'],
  more_one: ['{{count}} til', '{{count}} til', '{{count}} more'], more_other: ['{{count}} til', '{{count}} til', '{{count}} more'],
  noneNow: ['Ingenting gjelder nå.', 'Ingenting gjeld no.', 'Nothing applies now.'],
  before: ['Vis {{count}} som ikke gjelder nå', 'Vis {{count}} som ikkje gjeld no', 'Show {{count}} that do not apply now'],
  validFrom: ['Gjelder fra {{date}}.', 'Gjeld frå {{date}}.', 'Applies from {{date}}.'],
  serious: ['Alvorlig', 'Alvorleg', 'Serious'],
  'certainty.presumed': ['Sannsynlig', 'Sannsynleg', 'Probable'],
  'certainty.unconfirmed': ['Mistenkt', 'Mistenkt', 'Suspected'],
  'standing.not-begun': ['Gjelder ikke ennå', 'Gjeld ikkje enno', 'Not yet in force'],
  'standing.ended': ['Avsluttet', 'Avslutta', 'Ended'],
  'standing.refuted': ['Avkreftet', 'Avkrefta', 'Refuted'],
  validUntil: ['Gjelder til {{date}}.', 'Gjeld til {{date}}.', 'Applies until {{date}}.'],
  sources: ['Registrert av {{count}}:', 'Registrert av {{count}}:', 'Registered by {{count}}:'],
  updated: ['Endret av {{who}} {{date}}.', 'Endra av {{who}} {{date}}.', 'Changed by {{who}} on {{date}}.'],
  'none.title': ['Ingen kritisk informasjon', 'Ingen kritisk informasjon', 'No critical information'],
  'unknown.text': ['Ingen har delt kritisk informasjon her. Det kan likevel finnes.',
    'Ingen har delt kritisk informasjon her. Det kan likevel finnast.',
    'Nobody has shared critical information here. There may still be some.'],
})
