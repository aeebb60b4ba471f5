/** What the page of the open patient can do for its panels: earlier days, changes, the name for paper, and the ways to other panels. */
import type { Surroundings } from '@helsevev/panel/surroundings.ts'
import { formatDate } from '@helsevev/ui/format.ts'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { OpenPatientView } from '../contract.ts'
import { useLastHere } from './last-here.ts'
import { linkTo } from './page/jump.ts'
import { fetchChanges, fetchPast, isProblem } from './server.ts'

/** Each answer belongs to the opening and the access that it was asked under; another one is a failure. */
export function usePanelSurroundings({ opening, access, person }: OpenPatientView, organization: string | undefined): Surroundings {
  const { i18n } = useTranslation()
  const { name, birthDate } = person ?? {}
  const { id } = access
  const lastHere = useLastHere(organization)
  return useMemo(() => {
    const shown = { opening, access: id }
    return {
      ...(name ? { person: [name, birthDate && formatDate(birthDate, i18n.language)].filter(Boolean).join(', ') } : {}),
      ...(lastHere === undefined ? {} : { lastHere }),
      linkTo,
      pastOf: async (service, day) => {
        const answer = await fetchPast(service, day, shown)
        return isProblem(answer) || answer.access !== id ? 'failed' : answer
      },
      changesOf: async (service) => {
        const answer = await fetchChanges(service, shown)
        return isProblem(answer) || answer.access !== id ? 'failed' : answer.changes
      },
    }
  }, [opening, id, name, birthDate, lastHere, i18n.language])
}
