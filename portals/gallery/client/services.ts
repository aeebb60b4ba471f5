/** The panels of the services in the portal whose frame the gallery uses, in the states in which they show nothing. */
import type { Nothing } from '@helsevev/panel/panel.ts'
import type { View } from '@helsevev/panel/view.ts'
import { views as citizen } from '@helsevev/portal-citizen/views'
import { views as clinician } from '@helsevev/portal-clinician/views'
import type { Look } from '../looks.ts'

/** Kinds of nothing that a panel may word itself. */
export const nothings = ['none', 'unknown', 'withheld', 'unavailable'] as const satisfies readonly Nothing[]

export const viewsOf: Record<Look, readonly View[]> = { clinician, citizen, controller: clinician }
