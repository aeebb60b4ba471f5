/** The name of the person whose information is shown. */
import { useSession } from '@helsevev/portal/client/session'
import { useTranslation } from 'react-i18next'
import { usePeople } from './people.tsx'

export function usePersonName(): string {
  const { t } = useTranslation('citizen')
  const { about } = usePeople()
  const { me } = useSession()
  const own = me?.signedIn ? me.name : t('word.nameless')
  return about.isSelf ? own : (about.name ?? t('whose.nameless'))
}
