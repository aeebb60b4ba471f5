import type { LegalReference } from '@helsevev/kernel/access/area'

/**
 * The law that this service rests on, as data (architecture decision 13). Paragraph numbers are as published on the date given: the bill
 * Prop. 154 L (2024–2025) proposes to rewrite the exceptions from confidentiality, and its adoption was not confirmed on that date.
 */

const read = '2026-11-22'
/** Paragraphs gathered from publications of Helsedirektoratet and Norsk helsenett, 2019 to 2026. */
const gathered = 'Publications of Helsedirektoratet and Norsk helsenett 2019-2026; the text of the law itself was not read again'

export const legalBasis: readonly LegalReference[] = [
  {
    law: 'Pasient- og brukerrettighetsloven',
    clause: '§ 1-3 b',
    about: 'Who is next of kin: the person that the patient names.',
    source: 'Named when the service was planned; neither the law nor a publication that cites it was read for this clause',
    read: '2026-11-29',
  },
  {
    law: 'Pasientjournalloven',
    clause: '§ 19',
    about: 'The data controller makes relevant and necessary health information available to health personnel, and decides how.',
    source: 'Helsedirektoratet, Anbefaling om bruk av pasientens måledata, 2026-02-27',
    read,
  },
  {
    law: 'Helsepersonelloven',
    clause: '§ 25',
    about: 'Information to co-operating personnel, unless the patient objects: who to call, and who is responsible.',
    source: gathered,
    read,
  },
  {
    law: 'Helsepersonelloven',
    clause: '§ 45',
    about: 'Health personnel who give health care are given the information they need, unless the patient objects.',
    source: 'Helsedirektoratet, Anbefaling om bruk av pasientens måledata, 2026-02-27',
    read,
  },
  { law: 'Pasientjournalloven', clause: '§ 17', about: 'The patient may object to sharing, in whole or in part.', source: gathered, read },
  {
    law: 'Pasientjournalloven',
    clause: '§ 18',
    about: 'The patient sees what is registered, and who has looked.',
    source: gathered,
    read,
  },
]
