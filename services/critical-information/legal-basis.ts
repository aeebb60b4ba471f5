import type { LegalReference } from '@helsevev/kernel/access/area'

/**
 * The law that this service rests on, as data (architecture decision 13). Paragraph numbers are as published on the date given: the bill
 * Prop. 154 L (2024–2025) proposes to rewrite the exceptions from confidentiality, and its adoption was not confirmed on that date.
 */

const read = '2026-11-22'
const source = 'Publications of Helsedirektoratet and Norsk helsenett 2019-2026; the text of the law itself was not read again'

export const legalBasis: readonly LegalReference[] = [
  {
    law: 'Pasientjournalloven',
    clause: '§ 13',
    about: 'The national core record, where health personnel register and change critical information together.',
    source,
    read,
  },
  {
    law: 'Pasientjournalloven',
    clause: '§ 19',
    about: 'Relevant and necessary information is made available to health personnel.',
    source,
    read,
  },
  {
    law: 'Helsepersonelloven',
    clause: '§ 45',
    about: 'Health personnel who give health care are given what they need, unless the patient objects.',
    source,
    read,
  },
  { law: 'Pasientjournalloven', clause: '§ 17', about: 'The patient may object to sharing, in whole or in part.', source, read },
  { law: 'Pasientjournalloven', clause: '§ 18', about: 'The patient sees what is registered, and who has looked.', source, read },
]
