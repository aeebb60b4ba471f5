/**
 * POST /fhir/news2/response-texts: what to do at each band, in the words of each controller that has reported on the patient. Where a
 * controller has set a text in another language only, that text is returned, since its routine matters more than its language; where it has
 * set none, ours is.
 */

import { bands } from '@helsevev/clinical/news2/chart'
import { identifierSystems } from '@helsevev/clinical/systems'
import type { Operation, Records } from '@helsevev/kernel/fhir/service'
import { notShownOf, notShownParameters, statusOf } from '@helsevev/kernel/fhir/status-parameters'
import type { Parameters, ParametersParameter } from '@medplum/fhirtypes'
import { ACT_WITHIN, actWithinHoursOf } from '../model/act-within.ts'
import { defaultResponseTexts, type Language, languages } from '../model/response-texts.ts'

type Setting = Awaited<ReturnType<Records['settings']>>[number]
type Contributor = Awaited<ReturnType<Records['contributors']>>[number]

export const responseTexts: Operation = {
  name: 'response-texts',
  summary: 'What each controller that reported on the patient says is to be done at each NEWS2 band, in three languages.',
  async run(records) {
    const [contributors, notShown] = await Promise.all([records.contributors(), notShownOf(records)])
    const some = contributors.length > 0
    const settings = contributors.length > 0 ? await records.settings(contributors.map(({ organization }) => organization)) : []
    const parameters: Parameters = {
      resourceType: 'Parameters',
      parameter: [
        ...contributors.map((contributor) => controller(contributor, settings)),
        { name: 'default', part: texts([]) },
        { name: 'status', valueCode: statusOf(some, notShown) },
        ...notShownParameters(some, notShown),
      ],
    }
    return parameters
  },
}

function controller({ organization, name, phone }: Contributor, settings: Setting[]): ParametersParameter {
  return {
    name: 'controller',
    part: [
      { name: 'organization', valueIdentifier: { system: identifierSystems.ENH, value: organization } },
      { name: 'name', valueString: name },
      ...(phone ? [{ name: 'phone', valueString: phone }] : []),
      ...texts(settings.filter((setting) => setting.organization === organization)),
      { name: 'actWithinHours', valueInteger: hoursIn(settings.filter((setting) => setting.organization === organization)) },
    ],
  }
}

/** The setting of the controller is the same whatever language it stands under. */
function hoursIn(settings: Setting[]): number {
  return actWithinHoursOf(settings.find(({ key }) => key === ACT_WITHIN)?.value)
}

function texts(settings: Setting[]): ParametersParameter[] {
  return bands.flatMap((band) =>
    languages.map((language) => {
      const set = settingFor(settings, band, language)
      return {
        name: 'text',
        part: [
          { name: 'band', valueCode: band },
          { name: 'language', valueCode: language },
          { name: 'value', valueString: set?.value ?? defaultResponseTexts[band][language] },
          { name: 'writtenIn', valueCode: set?.language ?? language },
          { name: 'setBy', valueCode: set ? 'controller' : 'default' },
        ],
      }
    }),
  )
}

function settingFor(settings: Setting[], band: string, language: Language): Setting | undefined {
  const own = settings.filter(({ key, value }) => key === band && value.trim() !== '')
  return [language, ...languages].flatMap((wanted) => own.find((setting) => setting.language === wanted) ?? [])[0]
}
