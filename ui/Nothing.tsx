/** A kind of nothing in the words of a service; under the general heading where the service has none of its own. */
import { useTranslation } from 'react-i18next'
import { DataState } from './DataState.tsx'
import { languageOf } from './format.ts'
import type { DataStatus, OwnWords } from './panel.ts'
import { rowIn, type TextTable } from './texts.ts'

interface NothingProps {
  status: Exclude<DataStatus, 'some'>
  /** Of the service. */
  texts: TextTable & OwnWords
  /** Instead of the explanation in the texts of the service. */
  text?: string
}

export function Nothing({ status, texts, text }: NothingProps) {
  const { i18n } = useTranslation()
  // What the patient withholds is worded by the portal, for every panel alike.
  if (status === 'withheld-by-patient') return null
  const language = languageOf(i18n.language)
  const title = texts[`${status}.title`]
  return (
    <DataState
      state={status}
      text={text ?? rowIn(texts[`${status}.text`], language)}
      {...(title ? { title: rowIn(title, language) } : {})}
    />
  )
}
