/** A parent's consent that a youth of 13 to 15 signs in: what will happen, then yes. */
import { numberedTexts } from '@helsevev/ui/texts.ts'
import { useTranslation } from 'react-i18next'
import { contract } from '../contract.ts'
import { Confirm } from './Confirm.tsx'
import { useAsk } from './people.tsx'

export function GiveConsent({ person, name, onGiven }: { person: string; name: string; onGiven: () => void }) {
  const { t } = useTranslation('citizen')
  const ask = useAsk()
  return (
    <Confirm
      label={t('behalf.consent', { name })}
      question={
        <ul className="choice-form__happens">
          {numberedTexts(t, 'behalf.consentHappens').map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      }
      yes={t('behalf.consentYes')}
      no={t('word.cancel')}
      done={t('behalf.consentDone')}
      act={async () => await ask(contract.giveConsent, { body: { person } })}
      onDone={onGiven}
    />
  )
}
