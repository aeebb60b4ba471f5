/** Words for the person the contacts belong to. Names, and relations of other lists, are shown as they were sent. */
import { citizenNothing, entryWords } from '@helsevev/panel/texts.ts'
import { texts } from '@helsevev/ui/texts.ts'
import { relationTexts } from '../relation-texts.ts'

declare module '@helsevev/ui/texts.ts' {
  interface Namespaces {
    'contacts/citizen': typeof contactsCitizenTexts
  }
}

// biome-ignore format: a table, one row to a text
export const contactsCitizenTexts = texts({
  ...citizenNothing,
  ...entryWords,
  ...relationTexts,
  lead: ['Hvem helsepersonell kan ringe, og hvem som har ansvar for deg.',
    'Kven helsepersonell kan ringje, og kven som har ansvar for deg.', 'Who health personnel can call, and who is responsible for you.'],
  mandateNote: ['De som står her, får ikke rett til å se eller bestemme noe. Det velger du under «På vegne av».',
    'Dei som står her, får ikkje rett til å sjå eller avgjere noko. Det vel du under «På vegner av».',
    'Being listed here gives no right to see or decide anything. You give that under “On behalf of”.'],
  relation: ['Hvem det er for deg', 'Kven det er for deg', 'What they are to you'],
  phone: ['Telefon', 'Telefon', 'Telephone'],
  order: ['Rekkefølge', 'Rekkjefølgje', 'Order'],
  'order.first': ['Ringes først', 'Ring først', 'Called first'],
  'order.number': ['Ringes som nummer {{number}}', 'Ring som nummer {{number}}', 'Called as number {{number}}'],
  guardian: ['Verge', 'Verje', 'Guardian'],
  guardianOf: ['Verge for {{scope}}', 'Verje for {{scope}}', 'Guardian of {{scope}}'],
  'role.primary-contact': ['Kontakten din i kommunen', 'Kontakten din i kommunen', 'Your contact in the municipality'],
  'role.gp': ['Fastlegen din', 'Fastlegen din', 'Your regular GP'],
  gpNote: ['Meldt av avsenderen. På helsenorge.no ser du fastlegen din.', 'Meldt av avsendaren. På helsenorge.no ser du fastlegen din.',
    'Reported by the sender. You see your own GP on helsenorge.no.'],
  place: ['Hvor', 'Kvar', 'Where'],
  since: ['Registrert fra', 'Registrert frå', 'Registered from'],
  until: ['Til', 'Til', 'Until'],
  by: ['Meldt av', 'Meldt av', 'Reported by'],
  noPhone: ['Ikke oppgitt', 'Ikkje oppgitt', 'Not given'],
  noneNow: ['Ingen gjelder nå.', 'Ingen gjeld no.', 'None applies now.'],
  'none.title': ['Ingen kontakter', 'Ingen kontaktar', 'No contacts'],
  'none.text': ['Ingen er registrert her.', 'Ingen er registrert her.', 'Nobody is registered here.'],
  'unknown.text': ['Ingen har meldt kontakter her. Si til kommunen eller fastlegen hvem de skal ringe.',
    'Ingen har meldt kontaktar her. Sei til kommunen eller fastlegen kven dei skal ringje.',
    'Nobody has reported contacts here. Let the municipality or your GP know who to call.'],
})
