/** What the portal is, in four sentences: open at the first visit, and one click away afterwards. */
import { codedText } from '@helsevev/ui/texts.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { introductionTexts } from '../introduction.ts'
import { portalName } from './base.ts'

declare module '@helsevev/ui/texts.ts' {
  interface Namespaces {
    introduction: typeof introductionTexts
  }
}

const storageKey = `helsevev-${portalName}-introduced`
const sentences = ['0', '1', '2', '3'] as const

/** Remembered in this browser once somebody has signed in: a preference, and nothing about a person. */
export function rememberIntroduced(): void {
  window.localStorage.setItem(storageKey, 'yes')
}

export function Introduction() {
  const { t } = useTranslation('introduction')
  const [open] = useState(() => window.localStorage.getItem(storageKey) === null)
  return (
    <details className="introduction" open={open}>
      <summary>{t('intro.title')}</summary>
      <ol>
        {sentences.map((at) => (
          <li key={at}>{codedText(t, 'intro', `${portalName}.${at}`)}</li>
        ))}
      </ol>
    </details>
  )
}
