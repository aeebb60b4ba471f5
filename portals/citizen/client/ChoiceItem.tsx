/** One choice, in force or ended: what it does, who made it, and the way to end it. */
import { formatDate } from '@helsevev/ui/format.ts'
import { useTranslation } from 'react-i18next'
import { type Choice, contract } from '../contract.ts'
import { Confirm } from './Confirm.tsx'
import { choiceSentence } from './choice-words.ts'
import { useAsk } from './people.tsx'

export function ChoiceItem({ choice, onEnded }: { choice: Choice; onEnded: () => void }) {
  const { t, i18n } = useTranslation('citizen')
  const ask = useAsk()
  const { id, kind, active, made, madeBy, madeByName, until, ended, note } = choice
  const date = (value: string) => formatDate(value, i18n.language)
  const sentence = choiceSentence({ t, i18n }, choice)
  const facts = [
    t(`choices.made.${madeBy}`, { date: date(made), name: madeByName ?? t('choices.someone') }),
    active && until && t('choices.untilDate', { date: date(until) }),
    !active && (ended ? t('choices.ended', { date: date(ended) }) : t('choices.over')),
  ]
  return (
    <li className="choice-item">
      <p className="choice-item__what">{sentence}</p>
      <p className="small">{facts.filter(Boolean).join('. ')}.</p>
      {note && <p className="small">{t('choices.note', { note })}</p>}
      {active && (
        <Confirm
          label={t('choices.end')}
          of={sentence}
          question={<p>{t(`choices.endQuestion.${kind}`)}</p>}
          yes={t('choices.endYes')}
          no={t('choices.endNo')}
          done={t('choices.undone')}
          act={async () => await ask(contract.endChoice, { id })}
          onDone={onEnded}
        />
      )}
    </li>
  )
}
