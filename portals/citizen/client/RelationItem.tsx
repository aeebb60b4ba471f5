/** A relation between the reader and another person: what it covers, how long it lasts, and the way to withdraw it. */

import { formatDate } from '@helsevev/ui/format.ts'
import { codedText } from '@helsevev/ui/texts.ts'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { contract, type Relation } from '../contract.ts'
import { Confirm } from './Confirm.tsx'
import { useAsk } from './people.tsx'

export function RelationItem({ relation, onEnded }: { relation: Relation; onEnded: () => void }) {
  const { t, i18n } = useTranslation('citizen')
  const ask = useAsk()
  const item = useRef<HTMLLIElement>(null)
  const { id, areas, from, until, active, mayEnd } = relation
  const kind = relation.kind === 'parental-consent' && relation.direction === 'mine' ? 'parental-consent-given' : relation.kind
  const name = relation.name ?? t('behalf.nameless')
  const date = (value: string) => formatDate(value, i18n.language)
  const kindName = codedText(t, 'behalf.kind', kind) ?? kind
  const areaName = (area: string) => codedText(t, 'behalf.area', area) ?? t('behalf.areaOther', { area })

  return (
    <li ref={item} className="person" tabIndex={-1}>
      <p className="person__name">{name}</p>
      <p className="small">
        {kindName}. {t('behalf.since', { date: date(from) })}
        {until && ` ${t('behalf.until', { date: date(until) })}`}.{!active && ` ${t('word.ended')}.`}
      </p>
      {kind === 'power-of-attorney' && areas.length > 0 && (
        <p className="small">{t('behalf.areas', { areas: areas.map(areaName).join(', ') })}</p>
      )}
      {mayEnd && (
        <Confirm
          label={t('behalf.withdraw')}
          of={`${kindName}, ${name}`}
          question={<p>{t('behalf.withdrawQuestion')}</p>}
          yes={t('behalf.withdrawYes')}
          no={t('behalf.withdrawNo')}
          done={t('behalf.withdrawn')}
          act={async () => await ask(contract.endRelation, { id })}
          onDone={() => {
            item.current?.focus()
            onEnded()
          }}
        />
      )}
    </li>
  )
}
