/** Municipal services line by line: when each began and ended, and which ran at a moment. */

import { hasEnded, isAhead } from '@helsevev/clinical/period'
import type { Line, Snapshot } from '@helsevev/panel/panel.ts'
import { formatDecimal } from '@helsevev/ui/format.ts'
import type { Wording } from '@helsevev/ui/texts.ts'
import { nameOf } from './name.ts'
import type { MunicipalServicesData, ShownService } from './panel-data.ts'

export function timeline(data: MunicipalServicesData, words: Wording<'municipal-services'>): Line[] {
  const { active, onHold, upcoming, endedLately, endedBefore } = data
  const ended = [...endedLately, ...endedBefore]
  return [...active, ...onHold, ...upcoming, ...ended].flatMap((service) => [
    ...(service.start ? [line(service, words, 'line.start', service.start)] : []),
    // An end in the future is a plan and not an event.
    ...(service.end && ended.includes(service) ? [{ ...line(service, words, 'line.end', service.end), about: 'end' as const }] : []),
  ])
}

export function snapshot({ active, onHold, endedLately }: MunicipalServicesData, at: Date, words: Wording<'municipal-services'>): Snapshot {
  const running = [...active, ...onHold].filter(({ start }) => !isAhead(start, at))
  const closedSince = endedLately.filter(({ start, end }) => end && !hasEnded(end, at) && !isAhead(start, at))
  return {
    lines: [...running, ...closedSince].map((service) => {
      const standing = onHold.includes(service) ? 'onHold' : 'active'
      const shown = line(service, words, 'line.start', service.start ?? service.reported, words.t(`standing.${standing}`))
      return service.reported ? { ...shown, changed: service.reported } : shown
    }),
  }
}

function line(
  service: ShownService,
  words: Wording<'municipal-services'>,
  kind: 'line.start' | 'line.end',
  time: string,
  standing?: string,
): Line {
  const { t, language } = words
  const { id, hoursPerWeek, stayType, controller, unit } = service
  const phone = unit?.phone ?? controller?.phone
  const value = [
    ...(standing ? [standing] : []),
    ...(stayType ? [t(`stayType.${stayType}`)] : []),
    ...(hoursPerWeek === undefined ? [] : [t('hoursPerWeek', { hours: formatDecimal(hoursPerWeek, language) })]),
  ].join(', ')
  return {
    key: id,
    time,
    kind: t(kind),
    what: nameOf(service, words),
    ...(value ? { value } : {}),
    controller: controller?.name ?? t('unknownMunicipality'),
    ...(unit?.name ? { unit: unit.name } : {}),
    ...(phone ? { phone } : {}),
  }
}
