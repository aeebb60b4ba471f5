/** One picture of how the patient is, from what the services have: of the open patient, and of each patient in the list. */
import { isTooYoung } from '@helsevev/clinical/news2/age'
import { type Picture, pictureOf, type Told } from '@helsevev/clinical/news2/picture'
import type { ListSignal } from '@helsevev/panel/panel.ts'
import { listedIn as listedAtHome, toldOf as toldAtHome } from '@helsevev/service-home-monitoring/readings'
import { withBeside } from '@helsevev/service-medication-list/with-beside'
import { withComputed } from '@helsevev/service-news2/computed-score'
import { listedIn as listedScore, toldOf as toldScores } from '@helsevev/service-news2/readings'
import { dayInNorway } from '@helsevev/ui/format.ts'
import { useSyncExternalStore } from 'react'
import type { WorklistRow } from '../contract.ts'
import { besideIn } from './beside.ts'
import { type PanelState, panelStates, subscribe } from './panel-store.ts'

interface Teller {
  toldOf: (data: never) => Told
  listedIn: (signal: ListSignal) => Told
}

type States = ReadonlyMap<string, PanelState>

/** What the views of a service are given: its data with what other services have about the same. */
const shownIn: Readonly<Record<string, (data: never, states: States, picture: Picture) => unknown>> = {
  news2: (data, _states, picture) => withComputed(data, picture),
  'medication-list': (data, states) => withBeside(data, besideIn(states)),
}

/** The services that have something about how a patient is. */
const tellers: Readonly<Record<string, Teller>> = {
  news2: { toldOf: toldScores, listedIn: listedScore },
  'home-monitoring': { toldOf: toldAtHome, listedIn: listedAtHome },
}

function together(told: readonly Told[], now: Date): Picture {
  return pictureOf(
    told.flatMap(({ readings }) => readings),
    told.flatMap(({ exceeded }) => exceeded),
    now,
  )
}

export function pictureIn(states: States, now: Date): Picture {
  const told = Object.entries(tellers).flatMap(([service, { toldOf }]) => {
    const data = states.get(service)?.answer?.data
    return data === undefined ? [] : [toldOf(data as never)]
  })
  return together(told, now)
}

/** What is made of the answers that have come: once, so that all who ask get the same objects. */
interface Made {
  picture: Picture
  data: Map<string, unknown>
}

const made = new WeakMap<States, Made>()

function madeOf(states: States): Made {
  const known = made.get(states) ?? { picture: pictureIn(states, new Date()), data: new Map() }
  made.set(states, known)
  return known
}

/**
 * The data of a service as every view of the open patient shows it, be it a panel, the timeline, a comparison, a copy or a print: with what
 * other services have about the same in it. Undefined when there is nothing.
 */
export function shownData(service: string, states: States): unknown {
  const data = states.get(service)?.answer?.data
  const make = shownIn[service]
  if (!make) return data
  const { picture, data: shown } = madeOf(states)
  if (!shown.has(service)) shown.set(service, make(data as never, states, picture))
  return shown.get(service)
}

export function usePictureOfPatient(): Picture {
  const states = useSyncExternalStore(subscribe, panelStates)
  return madeOf(states).picture
}

/** NEWS2 is not for children: a computed level of one is left out. */
export function pictureOfRow({ services, birthDate }: WorklistRow, now: Date): Picture {
  const told = services.flatMap(({ service, signal }) => {
    const teller = tellers[service]
    return signal && teller ? [teller.listedIn(signal)] : []
  })
  const isChild = birthDate !== undefined && isTooYoung(birthDate, dayInNorway(now))
  return together(isChild ? told.map((one) => ({ ...one, readings: one.readings.filter(({ computed }) => !computed) })) : told, now)
}
