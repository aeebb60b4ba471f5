/** What the panel draws, as plain JSON: made on the portal's server by load.ts, read in the browser by Panel.tsx. */
import type { Controller } from '@helsevev/panel/controllers.ts'
import type { KindName } from '../model/vital-signs.ts'

export interface ShownDay {
  day: string
  low: number
  high: number
  mean: number
  count: number
  source: string
}

export interface ShownKind {
  kind: KindName
  unit: string
  newest?: {
    value: number
    written: string
    time: string
    source: string
    performer?: string
    device?: string
    outside: boolean
    /** When it came here, ISO 8601. */
    reported?: string
  }
  threshold?: { low?: number; high?: number }
  days: ShownDay[]
}

export interface ShownAlarm {
  id: string
  title: string
  time: string
  events: string[]
  /** When it came here, ISO 8601. */
  reported?: string
  /** Name of the controller. */
  source: string
}

export interface HomeMonitoringData {
  kinds: ShownKind[]
  news2?: { total: number; worst: number; at: string }
  alarms: ShownAlarm[]
  controllers: Controller[]
}
