/** What a record is called where one is chosen: its type, its words, when it was, and its source. Never a bare code, and never nothing. */
import { formatDateTime } from '@helsevev/ui/format.ts'
import { codedText } from '@helsevev/ui/texts.ts'
import type { Organization, RecordName } from '../contract.ts'
import type { CitizenWords } from './sentence.ts'

type Named = Pick<Organization, 'number' | 'name'>

/** `Resultat: B-HbA1c, 12. mars 2026 kl. 09:10, Helse Vest RHF`. */
export function recordName({ t, i18n }: CitizenWords, record: RecordName, organizations: readonly Named[]): string {
  const { type, label, code, date, registered, controller } = record
  const what = codedText(t, 'record.code', code ?? '') ?? label
  const kind = codedText(t, 'record.type', `${record.service}/${type}`) ?? codedText(t, 'record.type', type) ?? t('record.type.other')
  const when = date
    ? formatDateTime(date, i18n.language)
    : registered && t('record.registered', { time: formatDateTime(registered, i18n.language) })
  const from = organizations.find(({ number }) => number === controller)?.name
  return [what ? `${kind}: ${what}` : kind, when, from].filter(Boolean).join(', ')
}
