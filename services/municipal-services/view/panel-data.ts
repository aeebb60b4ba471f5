/** What the panel draws, as plain JSON: made on the portal's server by load.ts, read in the browser by Panel.tsx. */
import type { Flag } from '../model/rules.ts'
import type { StayType } from '../model/stay-type.ts'

export interface Controller {
  organization: string
  name: string
  phone?: string
}

export interface ShownService {
  id: string
  /** Code of list 9151, without leading zeros. */
  code?: string
  /** The name that the sender, or the list, has for the service. */
  display?: string
  stayType?: StayType
  /** A decimal with the digits that were sent: `7.50`. */
  hoursPerWeek?: string
  description?: string
  serviceLevel?: string
  /** The sender states that there is more to know than what is shared. */
  needsCaption: boolean
  start?: string
  end?: string
  /** When the municipality reported this version, ISO 8601. */
  reported: string
  controller?: Controller
  unit?: { name?: string; phone?: string }
  flags: Flag[]
  /** Another running service of the same municipality has the same code. */
  possibleDuplicate: boolean
}

export interface MunicipalServicesData {
  active: ShownService[]
  onHold: ShownService[]
  upcoming: ShownService[]
  /** Ended within the last 90 days. */
  endedLately: ShownService[]
  /** Ended longer ago: on the timeline only. */
  endedBefore: ShownService[]
  /** Services that ended longer ago by their dates and are still marked as running. */
  olderUnclosed: number
  /** Municipalities that have reported on the person and may be named. */
  controllers: Controller[]
  /** More services match than were fetched. */
  more: boolean
}
