/** The code that a list of patients shows of home measurements: its parts, joined by full stops. docs/services/home-monitoring.md */
import { type Band, bands } from '@helsevev/clinical/news2/chart'
import { type KindName, kinds } from './vital-signs.ts'

export const SIGNAL_SYSTEM = 'http://helsevev.no/fhir/CodeSystem/home-monitoring-signal'

export const onScale2 = 'scale-2-'
export const outsideLimit = 'outside-limit'
export const outsideOf = 'outside-'
export const totalIs = 'total-'

interface Said {
  band?: Band
  total?: number
  /** On scale 2, where it is another. */
  onScale2?: { band?: Band; total?: number }
  isOutside: boolean
  /** The kinds that are outside their limit. */
  outside: KindName[]
}

/** Parts that are not known here are left out. */
export function readSignal(code: string): Said {
  const parts = code.split('.')
  const band = bands.find((one) => one === parts[0])
  const second = bands.find((one) => parts.includes(`${onScale2}${one}`))
  const [total, other] = [totalIs, `${onScale2}${totalIs}`].map((name) => numberIn(parts, name))
  const onSecond = { ...(second ? { band: second } : {}), ...(other === undefined ? {} : { total: other }) }
  return {
    ...(band ? { band } : {}),
    ...(total === undefined ? {} : { total }),
    ...(Object.keys(onSecond).length > 0 ? { onScale2: onSecond } : {}),
    isOutside: parts.includes(outsideLimit),
    outside: kinds.flatMap(({ name }) => (parts.includes(`${outsideOf}${name}`) ? [name] : [])),
  }
}

function numberIn(parts: readonly string[], name: string): number | undefined {
  const found = parts.find((part) => part.startsWith(name))?.slice(name.length)
  return found !== undefined && /^\d{1,2}$/.test(found) ? Number(found) : undefined
}
