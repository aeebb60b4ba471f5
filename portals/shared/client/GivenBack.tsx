/** Shows a person who has signed in again where the text is that they wrote before the session ended. */
import Button from '@helsenorge/designsystem-react/components/Button'
import { announce } from '@helsevev/ui/Shell'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { portalName } from './base.ts'

export function GivenBack({ labels, onClose }: { labels: readonly string[]; onClose: () => void }) {
  const { t } = useTranslation(portalName)
  const words = t('timeOut.givenBack', { where: labels.map((label) => `«${label}»`).join(', ') })
  useEffect(() => announce(words), [words])
  return (
    <aside className="given-back" aria-label={t('timeOut.givenBackLabel')}>
      <p>{words}</p>
      <Button variant="borderless" onClick={onClose}>
        {t('word.close')}
      </Button>
    </aside>
  )
}
