/** What the service has about how a patient is: its scores as the panel has them, or the newest level as a list has it. */
import type { Told } from '@helsevev/clinical/news2/picture'
import type { ListSignal } from '@helsevev/panel/panel.ts'
import { responseBand } from '../model/response-band.ts'
import { readingsIn } from './list-level.ts'
import type { News2Data } from './panel-data.ts'

export function toldOf({ scores, controllers }: News2Data): Told {
  const readings = scores
    .filter(({ status }) => status !== 'entered-in-error')
    .map((score) => {
      const level = responseBand(score)
      const controller = controllers.find(({ organization }) => organization === score.controller)
      const source = controller?.name ?? score.controller
      return {
        id: score.id,
        time: score.time,
        computed: score.computed ?? false,
        certain: level?.certain ?? true,
        ...(source ? { source } : {}),
        ...(level ? { band: level.band } : {}),
        ...(score.total === undefined ? {} : { total: score.total }),
        ...(score.scale === undefined || score.flags.includes('scale-assumed') ? {} : { scale: score.scale }),
        ...(score.notApplicable.length > 0 ? { notApplicable: true } : {}),
        ...(controller?.actWithinHours === undefined ? {} : { actWithinHours: controller.actWithinHours }),
      }
    })
  return { readings, exceeded: [] }
}

export function listedIn(signal: ListSignal): Told {
  return { readings: readingsIn(signal), exceeded: [] }
}
