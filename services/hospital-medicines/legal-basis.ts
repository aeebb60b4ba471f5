import type { LegalReference } from '@helsevev/kernel/access/area'

/**
 * The law that this service rests on, as data (architecture decision 13). Paragraph numbers are as published on the date given. The
 * hospital reports the same messages to the national registry of medicines (LMR) as well: that is another purpose with another ground, and
 * none of what is shared here.
 */

const read = '2026-11-22'
const gathered = 'Publications of Helsedirektoratet and Norsk helsenett 2019-2026; the text of the law itself was not read again'

export const legalBasis: readonly LegalReference[] = [
  {
    law: 'Pasientjournalloven',
    clause: '§ 19',
    about: 'The data controller makes relevant and necessary health information available to health personnel, and decides how.',
    source: gathered,
    read,
  },
  {
    law: 'Helsepersonelloven',
    clause: '§ 45',
    about: 'Health personnel who give health care are given the information they need, unless the patient objects.',
    source: gathered,
    read,
  },
  { law: 'Pasientjournalloven', clause: '§ 17', about: 'The patient may object to sharing, in whole or in part.', source: gathered, read },
  { law: 'Pasientjournalloven', clause: '§ 18', about: 'The patient sees what is registered, and who has looked.', source: gathered, read },
  {
    law: 'GDPR (EU) 2016/679',
    clause: 'Article 28',
    about: 'The hospital or nursing home that gave a medicine is data controller of its record, and the service is its processor.',
    source: gathered,
    read,
  },
]
