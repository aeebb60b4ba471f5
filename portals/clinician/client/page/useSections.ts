/** The panels as sections of plain text. */

import { useServiceName } from '@helsevev/portal/client/service-names.ts'
import { formatDateTime } from '@helsevev/ui/format.ts'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { SignedIn } from '../../contract.ts'
import type { View } from '../../panels.client.ts'
import { gapOf } from './gaps.ts'
import type { Section } from './plain-text.ts'
import { usePanelStates, useShownData } from './useLines.ts'

/** What a panel shows now, as a section. */
export function useSectionOf(): (view: View) => Section {
  const { t, i18n } = useTranslation('clinician')
  const stateOf = usePanelStates()
  const dataOf = useShownData()
  const nameOf = useServiceName()
  return useCallback(
    (view) => {
      const state = stateOf(view.service)
      const { answer } = state
      const gap = gapOf(state)
      const fetched = answer ? ` (${t('page.fetched', { time: formatDateTime(answer.fetched, i18n.language) }).toLowerCase()})` : ''
      const data = dataOf(view.service)
      const lines = data !== undefined && view.snapshot ? view.snapshot(data, new Date(), i18n).lines : []
      const { status } = answer ?? {}
      const nothing =
        lines.length === 0 && (status === 'none' || status === 'unknown' || (status === 'some' && view.snapshot)) ? status : undefined
      return {
        title: `${nameOf(view.service)}${fetched}`,
        remarks: [...(gap ? [t(`page.gap.${gap}`)] : []), ...(nothing ? [t(`page.nothing.${nothing}`)] : [])],
        lines,
      }
    },
    [stateOf, dataOf, nameOf, t, i18n],
  )
}

/** The patient, who fetched it, where and why, and under which access. Without an identity number, unless one is handed in. */
export function useHeading(me: SignedIn): (number?: string) => string[] {
  const { t, i18n } = useTranslation('clinician')
  const { patient, organization, place } = me
  return useCallback(
    (number) => {
      if (!patient) return []
      const { person, access, purpose } = patient
      const at = [organization?.name, ...(place && place.number !== organization?.number ? [place.name] : [])].filter(Boolean).join(', ')
      const words = access.kind === 'emergency' ? t('access.emergency.purpose') : t(`purpose.${purpose}.name`)
      return [
        person?.name ?? t('word.nameless'),
        ...(person?.birthDate ? [t('share.born', { date: formatDateTime(person.birthDate, i18n.language) })] : []),
        ...(number ? [t('share.numberIs', { number })] : []),
        t('share.by', { time: formatDateTime(new Date(), i18n.language), name: me.name, organization: at, purpose: words }),
        ...(access.kind === 'ordinary' ? [] : [t(`access.${access.kind}.mark`)]),
      ]
    },
    [me.name, organization, patient, place, t, i18n.language],
  )
}
