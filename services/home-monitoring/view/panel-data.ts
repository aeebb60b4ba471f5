/** What the panel draws, as plain JSON: made on the portal's server by load.ts, read in the browser by Panel.tsx. */
import type { Score } from '@helsevev/clinical/news2/chart'
import type { SubScore } from '@helsevev/clinical/news2/picture'
import type { Controller } from '@helsevev/panel/controllers.ts'
import type { KindName } from '../model/vital-signs.ts'

export interface ShownDay {
  day: string
  low: number
  high: number
  mean: number
  /** The number of digits after the point with which the lowest and the highest were measured. */
  decimals: number
  count: number
  source: string
}

export interface ShownKind {
  kind: KindName
  unit: string
  newest?: {
    value: number
    /** The value with the digits that were sent. */
    written: string
    time: string
    source: string
    performer?: string
    device?: string
    outside: boolean
    /** When it came here, ISO 8601. */
    reported?: string
  }
  /** `decimals`: the number of digits after the point with which they were set. */
  threshold?: { low?: number; high?: number; decimals: number }
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

/** NEWS2 of the newest session that has all seven parameters. */
export interface ShownComputed {
  at: string
  source: string
  total: number
  worst: Score
  /** With what was measured, as in `SubScore` of the picture. */
  subScores: SubScore[]
  onScale2?: { total: number; worst: Score; saturation: Score }
}

export interface HomeMonitoringData {
  kinds: ShownKind[]
  news2?: ShownComputed
  alarms: ShownAlarm[]
  controllers: Controller[]
}
