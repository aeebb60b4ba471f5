/** One patient of the list: place, name, the marks of the services, and which services have something, nothing or something withheld. */

import Icon from '@helsenorge/designsystem-react/components/Icon'
import CheckOutline from '@helsenorge/designsystem-react/components/Icons/CheckOutline'
import HelpSign from '@helsenorge/designsystem-react/components/Icons/HelpSign'
import Journal from '@helsenorge/designsystem-react/components/Icons/Journal'
import Lock from '@helsenorge/designsystem-react/components/Icons/Lock'
import NoAccess from '@helsenorge/designsystem-react/components/Icons/NoAccess'
import { useServiceName } from '@helsevev/portal/client/service-names.ts'
import { useExceededWords } from '@helsevev/service-home-monitoring/exceeded'
import { ListMark } from '@helsevev/service-news2/picture'
import { formatAge } from '@helsevev/ui/format.ts'
import { useTranslation } from 'react-i18next'
import type { WorklistRow as Row, WorklistService } from '../contract.ts'
import { formatPersonAge } from './person-age.ts'
import { pictureOfRow } from './picture.ts'

const icons = { some: Journal, withheld: Lock, unknown: HelpSign, none: CheckOutline, refused: NoAccess } as const
const statuses = Object.keys(icons) as WorklistService['status'][]

interface RowProps {
  row: Row
  now: Date
  /** Services that are mentioned once above the list. */
  leaveOut: readonly string[]
  /** Names the services; otherwise they are counted, and named to a screen reader and when pointed at. */
  detailed: boolean
  busy: boolean
  onOpen: (row: Row) => void
}

export function WorklistRow({ row, now, leaveOut, detailed, busy, onOpen }: RowProps) {
  const { t, i18n } = useTranslation('clinician')
  const name = row.name ?? t('word.nameless')
  const age = row.birthDate && formatPersonAge(row.birthDate, now, i18n.language)
  const facts = [
    age,
    row.gender && row.gender !== 'unknown' ? t(`patient.gender.${row.gender}`) : undefined,
    row.since && t('worklist.since', { time: formatAge(row.since, now, i18n.language) }),
  ].filter(Boolean)
  const told = row.services.filter(({ service }) => !leaveOut.includes(service))
  return (
    <li className="worklist__row">
      <p className="worklist__place">{row.place}</p>
      <div className="worklist__who">
        <button
          type="button"
          className="worklist__open"
          disabled={busy}
          aria-label={t('worklist.open', { name })}
          onClick={() => onOpen(row)}
        >
          {name}
        </button>
        <p className="worklist__facts">{facts.join(', ')}</p>
      </div>
      <Marks row={row} now={now} />
      <ul className="worklist__services">
        {statuses.map((status) => (
          <Services key={status} status={status} detailed={detailed} services={told.filter((service) => service.status === status)} />
        ))}
      </ul>
    </li>
  )
}

/** How the patient is, as far as a list shows it. */
function Marks({ row, now }: { row: Row; now: Date }) {
  const wordsOf = useExceededWords()
  const picture = pictureOfRow(row, now)
  if (!picture.current && picture.exceeded.length === 0) return <div className="worklist__marks" />
  return (
    <div className="worklist__marks">
      <p className="worklist__mark">
        <ListMark picture={picture} outside={picture.exceeded.map(wordsOf)} now={now} />
      </p>
    </div>
  )
}

interface ServicesProps {
  status: WorklistService['status']
  services: readonly WorklistService[]
  detailed: boolean
}

function Services({ status, services, detailed }: ServicesProps) {
  const { t } = useTranslation('clinician')
  const nameOf = useServiceName()
  if (services.length === 0) return null
  const names = services.map(({ service }) => nameOf(service)).join(', ')
  const word = t(`worklist.status.${status}`)
  return (
    <li className={`worklist__status worklist__status--${status}`} title={detailed ? undefined : `${word}: ${names}`}>
      <Icon svgIcon={icons[status]} size={24} />
      {detailed ? (
        <span>
          <span className="worklist__word">{word}:</span> {names}
        </span>
      ) : (
        <span>
          <span aria-hidden="true">{services.length}</span>
          <span className="visually-hidden">
            {word}: {names}
          </span>
        </span>
      )}
    </li>
  )
}
