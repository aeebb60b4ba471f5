import type { LegalReference } from './area.ts'

/**
 * The clauses that the pipeline rests on: law is data (architecture decision 13). Paragraph numbers are those of the sources as read;
 * Prop. 154 L (2024-2025) may move some of them, and then only this table changes.
 */

const READ = '2026-11-22'
const statute = 'lovdata.no, as cited by Helsedirektoratet and Norsk helsenett'
const framework = 'NorskHelsenett/Tillitsrammeverk v1.1, 2024-04-30'

function law(name: string, clause: string, about: string, source = statute): LegalReference {
  return { law: name, clause, about, source, read: READ }
}

// biome-ignore format: a table, one row to a line
export const clauses = {
  'hpl-21a':  law('helsepersonelloven', '§ 21 a', 'nobody looks anybody up without a reason in health care'),
  'hpl-23-4': law('helsepersonelloven', '§ 23 no. 4', 'weighty reasons, such as danger to life, may go before secrecy'),
  'hpl-25':   law('helsepersonelloven', '§ 25', 'information to cooperating personnel'),
  'hpl-39':   law('helsepersonelloven', '§ 39', 'who gives health care keeps the record'),
  'hpl-45':   law('helsepersonelloven', '§ 45', 'records to others who need them for health care'),
  'hpl-48':   law('helsepersonelloven', '§ 48', 'authorisation as health personnel'),
  'pjl-16':   law('pasientjournalloven', '§ 16', 'no unlawful search in records'),
  'pjl-17':   law('pasientjournalloven', '§ 17', 'the patient may object'),
  'pjl-18':   law('pasientjournalloven', '§ 18', 'the patient sees the record and who has looked'),
  'pjl-19':   law('pasientjournalloven', '§ 19', 'the data controller decides how information is made available'),
  'pjl-22':   law('pasientjournalloven', '§ 22', 'security: access control, log and control of the log'),
  'pbrl-3-4': law('pasient- og brukerrettighetsloven', '§ 3-4', 'information when the patient is a child'),
  'pbrl-4-4': law('pasient- og brukerrettighetsloven', '§ 4-4', 'who consents for children'),
  'pbrl-5-1': law('pasient- og brukerrettighetsloven', '§ 5-1', 'the right to see the record, and its limits'),
  'pbrl-5-3': law('pasient- og brukerrettighetsloven', '§ 5-3', 'the patient may oppose that the record is handed over'),
  'gdpr-28':  law('GDPR', 'article 28', 'agreements between controller and processor'),
  'gdpr-32':  law('GDPR', 'article 32', 'security of processing'),
  'att-4':    law('trust framework', 'ATT-4', 'an attestation is bound to its patient', framework),
  'att-6':    law('trust framework', 'ATT-6', 'an attestation without a patient is for narrow lists alone', framework),
  'att-9':    law('trust framework', 'ATT-9', 'assurance level high', framework),
  'att-11':   law('trust framework', 'ATT-10, ATT-11', 'who attests is who signed in', framework),
  'att-12':   law('trust framework', 'ATT-12', 'members of Helsenettet who accepted the terms', framework),
  'att-13':   law('trust framework', 'ATT-13', 'the legal entity cannot disown its attestation', framework),
  'att-19':   law('trust framework', 'ATT-19', 'point of care is a unit of the legal entity, or that itself', framework),
  'att-32':   law('trust framework', 'ATT-32', 'the authorisation is one that the register knows', framework),
  'att-38':   law('trust framework', 'ATT-38 to ATT-41', 'purpose of use: planned, emergency chain, coordination, override', framework),
  'att-41':   law('trust framework', 'ATT-41', 'BTG alone overrides', framework),
  'att-46':   law('trust framework', 'ATT-46 to ATT-48', 'a reference to the decision, which can be shown', framework),
  'att-58':   law('trust framework', 'ATT-58', 'a new attestation for each patient, good for an hour', framework),
} as const satisfies Record<string, LegalReference>

export type Clause = keyof typeof clauses
