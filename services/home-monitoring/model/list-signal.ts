/** The code that a list of patients shows of home measurements: its parts, joined by full stops. docs/services/home-monitoring.md */
import { type Band, bands } from '@helsevev/clinical/news2/chart'

export const SIGNAL_SYSTEM = 'http://helsevev.no/fhir/CodeSystem/home-monitoring-signal'

export const onScale2 = 'scale-2-'
export const outsideLimit = 'outside-limit'

interface Said {
  band?: Band
  /** The level on scale 2, where it is another. */
  onScale2?: Band
  isOutside: boolean
}

/** Parts that are not known here are left out. */
export function readSignal(code: string): Said {
  const parts = code.split('.')
  const band = bands.find((one) => one === parts[0])
  const second = bands.find((one) => parts.includes(`${onScale2}${one}`))
  return { ...(band ? { band } : {}), ...(second ? { onScale2: second } : {}), isOutside: parts.includes(outsideLimit) }
}
