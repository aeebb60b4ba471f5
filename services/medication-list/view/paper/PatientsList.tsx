/**
 * The list on one sheet of paper, for the person who takes the medicines: what, how, what for and when, allergies, and who made the list
 * and when. Nothing else of the person is on it.
 */
import type { Beside } from '@helsevev/clinical/medicines/beside'
import { formatDate, formatDateTime, formatList } from '@helsevev/ui/format.ts'
import { addTexts } from '@helsevev/ui/i18n.ts'
import type { Wording } from '@helsevev/ui/texts.ts'
import { useWords } from '@helsevev/ui/useWords'
import type { MedicationListData, ShownLine, Use } from '../panel-data.ts'
import { paperStepWords } from '../words.ts'
import './paper.css'
import { paperTexts } from './paper-texts.ts'

addTexts('medication-list/paper', paperTexts)

type Words = Wording<'medication-list/paper'>

const uses: readonly Use[] = ['regular', 'as-needed', 'course', 'other']

interface PatientsListProps {
  data: MedicationListData
  /** Name and birth date. */
  person?: string | undefined
}

export function PatientsList({ data: { lines, list, beside }, person }: PatientsListProps) {
  const words = useWords('medication-list/paper')
  const { t: text, language } = words
  const inUse = lines.filter(({ standing }) => standing === 'in-use')
  const groups = [
    ...uses.map((use) => ({ name: text(`${use}`), lines: inUse.filter((one) => one.use === use) })),
    { name: text('notStarted'), lines: lines.filter(({ standing }) => standing === 'not-started') },
  ].filter((group) => group.lines.length > 0)
  return (
    <article className="medicines-paper" lang={language}>
      <h1>{text('title')}</h1>
      {person && <p className="medicines-paper__person">{person}</p>}
      <p>
        {list ? text('made', { date: formatDateTime(list.made, language), who: list.by ?? list.controller.name }) : text('noList')}{' '}
        {text('printed', { date: formatDateTime(new Date(), language) })}
      </p>
      <p>
        <strong>{text('allergies')}:</strong> {allergyWords(beside, words)}
      </p>
      {groups.length === 0 && <p>{text('none')}</p>}
      {groups.length > 0 && (
        <table>
          <thead>
            <tr>
              {(['what', 'how', 'why', 'when'] as const).map((column) => (
                <th key={column} scope="col">
                  {text(`${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          {groups.map((group) => (
            <tbody key={group.name}>
              <tr>
                <th colSpan={4} scope="rowgroup">
                  {group.name}
                </th>
              </tr>
              {group.lines.map((line) => (
                <Row key={line.id} line={line} words={words} />
              ))}
            </tbody>
          ))}
        </table>
      )}
      <p>{text('ask')}</p>
    </article>
  )
}

function Row({ line, words }: { line: ShownLine; words: Words }) {
  const { t: text, language } = words
  const { drug, dose, steps, label, area, start, end, stop } = line
  const date = (value: string) => formatDate(value, language)
  const when = [
    ...(start ? [text('from', { date: date(start) })] : []),
    ...(end ? [text('until', { date: date(end) })] : []),
    ...(stop?.time ? [text('stop', { date: date(stop.time) })] : []),
  ]
  return (
    <tr>
      <th scope="row">{drug ?? '–'}</th>
      <td>
        {dose ?? '–'}
        {steps.length > 1 && (
          <ul>
            {steps
              .map((step) => paperStepWords(step, words))
              .map((one) => (
                <li key={one}>{one}</li>
              ))}
          </ul>
        )}
        {label && <p>{label}</p>}
      </td>
      <td>{area ?? '–'}</td>
      <td>{when.join(' ')}</td>
    </tr>
  )
}

/** What is not known is never shown as none. */
function allergyWords(beside: Beside | undefined, { t: text, language }: Words): string {
  const { status, isPartial, data } = beside?.allergies ?? { status: 'loading', isPartial: false }
  if (!data) return text(status === 'none' ? 'allergiesNone' : 'allergiesUnknown')
  const named = data.map(({ what, isSerious, certainty }) => {
    const details = [...(isSerious ? [text('serious')] : []), ...(certainty === 'confirmed' ? [] : [text(`${certainty}`)])]
    return details.length > 0 ? `${what} (${details.join(', ')})` : what
  })
  const words = named.length > 0 ? `${formatList(named, language)}.` : `${text('allergiesNone')}.`
  return isPartial ? `${words} ${text('allergiesMore')}` : words
}
