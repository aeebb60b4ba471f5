/** What the patient's own choices hide in one service: how much, why, and what the reader can do. Never worded as a lack of agreement. */
import Button from '@helsenorge/designsystem-react/components/Button'
import type { DataStatus, WithheldByPatient, WithheldCause } from '@helsevev/panel/panel.ts'
import { DataState } from '@helsevev/ui/DataState'
import { useTranslation } from 'react-i18next'
import type { Elevation } from '../contract.ts'
import { useAskFor } from './access.tsx'

interface WithheldProps {
  withheld: WithheldByPatient[]
  status: DataStatus
}

export function Withheld({ withheld, status }: WithheldProps) {
  const { t } = useTranslation('clinician')
  const textOf = (cause: WithheldCause, count: number | undefined) =>
    cause === 'Reservation'
      ? t('withheld.Reservation.text')
      : count === undefined
        ? t('withheld.uncounted')
        : t(`withheld.${cause}.text`, { count })
  return withheld.map(({ cause, count }) => (
    <div key={cause} className="withheld" data-withheld={cause}>
      <DataState
        state="withheld"
        title={t(`withheld.${cause}.title`)}
        text={
          <>
            <p>
              {textOf(cause, count)} {status === 'some' && <strong>{t('withheld.incomplete')}</strong>}
            </p>
            <p>{t(`withheld.${cause}.what`)}</p>
            {cause === 'GeneralBlock' && <WaysToOpen />}
          </>
        }
      />
    </div>
  ))
}

const ways: readonly Elevation[] = ['consent', 'emergency']

function WaysToOpen() {
  const { t } = useTranslation('clinician')
  const askFor = useAskFor()
  return (
    <div className="withheld__ways">
      {ways.map((kind) => (
        <Button key={kind} variant="outline" onClick={() => askFor(kind)}>
          {t(`access.${kind}.open`)}
        </Button>
      ))}
    </div>
  )
}
