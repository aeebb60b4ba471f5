/** A list on a narrow window begins with its first rows. The others wait, hidden, behind a button: a file of it has them all. */
import Button from '@helsenorge/designsystem-react/components/Button'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'

const AT_ONCE = 5

/** `isHidden` of the index of a row, and the button that shows the others; none when there are few. */
export function useFirstRows(count: number): { isHidden: (at: number) => boolean; button: ReactNode } {
  const { t } = useTranslation('controller')
  const [all, setAll] = useState(false)
  const few = all || count <= AT_ONCE + 2
  return {
    isHidden: (at) => !few && at >= AT_ONCE,
    button: few ? null : (
      <p>
        <Button variant="outline" onClick={() => setAll(true)}>
          {t('list.showAll', { count })}
        </Button>
      </p>
    ),
  }
}
