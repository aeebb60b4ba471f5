/** A kind of nothing: in the words of a service where it has its own, otherwise in the common ones. */
import { DataState } from '@helsevev/ui/DataState'
import { languageOf } from '@helsevev/ui/format.ts'
import { type Row, rowIn } from '@helsevev/ui/texts.ts'
import { useTranslation } from 'react-i18next'
import type { FrameWords, Nothing as Kind } from './panel.ts'

interface NothingProps {
  kind: Kind
  texts: FrameWords
  onRetry?: () => void
}

export function Nothing({ kind, texts, onRetry }: NothingProps) {
  const words = useOwnWords(texts, kind === 'withheld-by-patient' ? 'withheld' : kind)
  // How much a patient withholds, and why, is shown separately, in the same way for every panel.
  if (kind === 'withheld-by-patient') return null
  return <DataState state={kind} {...words} {...(onRetry ? { onRetry } : {})} />
}

/** The rows `{state}.title` and `{state}.text`, as far as there are any. */
export function useOwnWords(texts: FrameWords, state: Exclude<Kind, 'withheld-by-patient'> | 'partial'): { title?: string; text?: string } {
  const { i18n } = useTranslation()
  const written = (row: Row | undefined) => row && rowIn(row, languageOf(i18n.language))
  const title = written(texts[`${state}.title`])
  const text = written(texts[`${state}.text`])
  return { ...(title === undefined ? {} : { title }), ...(text === undefined ? {} : { text }) }
}
