/** Words of the page of notices that would have been sent. */
import { texts } from '@helsevev/ui/texts.ts'

// biome-ignore format: a table, one row to a text
export const testNoticesTexts = texts({
  title: ['Varsler som ville blitt sendt', 'Varsel som ville blitt sende', 'Notices that would have been sent'],
  lead: ['Til utprøving: her sendes ingenting. Meldingene vises her, de nyeste først, til serveren starter på nytt.',
    'Til utprøving: her blir ingenting sendt. Meldingane er viste her, dei nyaste først, til tenaren startar på nytt.',
    'For trying out: nothing is sent. The messages are shown here, newest first, until the server starts again.'],
  none: ['Ingen meldinger ennå.', 'Ingen meldingar enno.', 'No messages yet.'],
  sms: ['SMS', 'SMS', 'SMS'],
  email: ['E-post', 'E-post', 'E-mail'],
})
