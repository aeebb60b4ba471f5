/** The person's own copy of what is registered: to read, or for another system. */
import Button from '@helsenorge/designsystem-react/components/Button'
import { Choice, Choices } from '@helsevev/portal/client/Choices'
import { askForFile, isProblem } from '@helsevev/portal/client/call.ts'
import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { useProblemWords } from '@helsevev/portal/client/problem-words.ts'
import { DataState } from '@helsevev/ui/DataState'
import { languageOf } from '@helsevev/ui/format.ts'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ClosedServices } from '../client/ClosedServices.tsx'
import { hasSomethingOpen, usePeople } from '../client/people.tsx'
import { aboutHeader, type CitizenProblem, contract, type DownloadFormat, downloadFormats, incompleteHeader } from '../contract.ts'

type Outcome = 'done' | 'incomplete' | CitizenProblem

export function Download() {
  const { t, i18n } = useTranslation('citizen')
  const { about } = usePeople()
  const wordsOf = useProblemWords()
  const checkbox = useId()
  const [format, setFormat] = useState<DownloadFormat>('pdf')
  const [withNumber, setWithNumber] = useState(false)
  const [busy, setBusy] = useState(false)
  const [outcome, setOutcome] = useState<Outcome>()

  async function download(event: FormEvent) {
    event.preventDefault()
    setBusy(true)
    setOutcome(undefined)
    const answer = await askForFile(contract.download, {
      body: { format, language: languageOf(i18n.language), withNumber: format === 'pdf' && withNumber },
      headers: { [aboutHeader]: about.id },
    })
    setBusy(false)
    if (isProblem(answer)) return setOutcome(answer)
    save(answer.file, answer.name)
    setOutcome(answer.headers.has(incompleteHeader) ? 'incomplete' : 'done')
  }

  if (!hasSomethingOpen(about)) {
    return (
      <div className="page">
        <PageTitle name={t('nav.download')} />
        <DataState state="refused" title={t('home.closed')} text={<ClosedServices services={about.services} />} />
      </div>
    )
  }
  return (
    <div className="page">
      <PageTitle name={t('nav.download')} />
      <p className="lead">{about.isSelf ? t('download.lead') : t('download.leadOther', { name: about.name ?? t('whose.nameless') })}</p>
      <form className="download" onSubmit={(event) => void download(event)}>
        <Choices legend={t('download.format')}>
          {downloadFormats.map((one) => (
            <Choice
              key={one}
              name="format"
              value={one}
              checked={format === one}
              label={t(`download.${one}.label`)}
              text={t(`download.${one}.text`)}
              onChoose={() => setFormat(one)}
            />
          ))}
        </Choices>
        {format === 'pdf' && (
          <p className="download__number">
            <input id={checkbox} type="checkbox" checked={withNumber} onChange={({ target }) => setWithNumber(target.checked)} />
            <label htmlFor={checkbox}>{t('download.number')}</label>
          </p>
        )}
        <Button type="submit" disabled={busy}>
          {t(busy ? 'download.busy' : 'download.go')}
        </Button>
      </form>
      <div role="status">{(outcome === 'done' || outcome === 'incomplete') && <p>{t(`download.${outcome}`)}</p>}</div>
      <div role="alert">{isProblem(outcome) && <p>{wordsOf(outcome) ?? t('download.failed')}</p>}</div>
    </div>
  )
}

/** Hands the file to the browser, as a link would. */
function save(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  document.body.append(link)
  link.click()
  link.remove()
  // By then the browser has begun to read the file.
  window.setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
