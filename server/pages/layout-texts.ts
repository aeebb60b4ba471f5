/** What stands around every page that the server writes. */
import { texts } from '@helsevev/ui/texts.ts'

// biome-ignore format: a table, one row to a text
export const layoutTexts = texts({
  home: ['Forsiden', 'Framsida', 'Front page'],
  help: ['Hjelp', 'Hjelp', 'Help'],
  contact: ['Kontakt', 'Kontakt', 'Contact'],
  accessibility: ['Tilgjengelighet', 'Tilgjenge', 'Accessibility'],
  privacy: ['Personvern', 'Personvern', 'Privacy'],
  note: ['Helsevev er ikke knyttet til Helsenorge, Norsk helsenett eller noen myndighet.',
    'Helsevev er ikkje knytt til Helsenorge, Norsk helsenett eller nokon styresmakt.', 'Not connected with Helsenorge or any authority.'],
})
