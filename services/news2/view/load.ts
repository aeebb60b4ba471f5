/** Fetches the newest scores of the open patient and what to do at each band, as plain JSON. Runs on the portal's server. */

import { type Band, bands, parameters } from '@helsevev/clinical/news2/chart'
import { totalCode } from '@helsevev/clinical/news2/codes'
import { identifierSystems, SNOMED_CT } from '@helsevev/clinical/systems'
import { timeOf } from '@helsevev/clinical/time'
import { seriesOf } from '@helsevev/kernel/codes/systems'
import { defineLoader, type PatientApi } from '@helsevev/panel/loader.ts'
import { placelessName, without } from '@helsevev/panel/places.ts'
import type { Bundle, Observation, Parameters, ParametersParameter, Reference } from '@medplum/fhirtypes'
import { type Assessment, readAssessment } from '../fhir/assessment.ts'
import { defaultResponseTexts, type Language, languages } from '../model/response-texts.ts'
import type { Controller, News2Data, ResponseText, ResponseTexts, ShownScore } from './panel-data.ts'

const COUNT = 50

/** Takes out the names and numbers of those who have reported; scores and controllers are then matched by a substitute number. */
function withoutPlaces({ scores, controllers, ...rest }: News2Data): News2Data {
  const numbers = [...new Set([...controllers.map(({ organization }) => organization), ...scores.map(({ controller }) => controller)])]
  const aliasOf = (organization: string) => (organization === '' ? '' : `m${numbers.indexOf(organization)}`)
  return {
    ...rest,
    scores: scores.map((score) => ({ ...without(score, 'unit', 'author'), controller: aliasOf(score.controller) })),
    controllers: controllers.map((controller) => ({
      ...without(controller, 'phone'),
      name: placelessName(controller.name),
      organization: aliasOf(controller.organization),
    })),
  }
}

/**
 * The scores must be there, or the panel has nothing to show; without the controllers' texts, the general ones are shown, and marked as
 * general.
 */
export const loader = defineLoader<News2Data>({
  service: 'news2',
  withoutPlaces,
  async fetch(api) {
    const [bundle, texts] = await Promise.all([searchScores(api), fetchTexts(api)])
    const matches = (bundle.entry ?? []).flatMap(({ resource, search }) =>
      resource?.resourceType === 'Observation' && search?.mode !== 'include' ? [resource] : [],
    )
    const data: News2Data = {
      scores: matches.map(shownScore),
      controllers: texts ? readControllers(texts) : [],
      defaultTexts: readDefault(texts),
      textsUnavailable: texts === undefined,
      more: bundle.total === undefined ? matches.length >= COUNT : bundle.total > matches.length,
    }
    return { data: matches.length > 0 ? data : undefined, searched: [bundle] }
  },
})

function searchScores(api: PatientApi): Promise<Bundle> {
  return api.search('news2', 'Observation', { code: `${SNOMED_CT}|${totalCode}`, _count: String(COUNT) })
}

async function fetchTexts(api: PatientApi): Promise<Parameters | undefined> {
  const [outcome] = await Promise.allSettled([api.operation('news2', 'response-texts')])
  return outcome.status === 'fulfilled' ? outcome.value : undefined
}

function shownScore(observation: Observation): ShownScore {
  const assessment = readAssessment(observation) ?? unassessed(observation)
  const { monitoring: _monitoring, partial: _partial, scaleChosenBy, subScores, ...rest } = assessment
  const chooser = scaleChosenBy && nameOf(scaleChosenBy)
  return {
    ...rest,
    id: observation.id ?? '',
    time: timeOf(observation) ?? '',
    status: observation.status,
    ...(chooser ? { scaleChosenBy: chooser } : {}),
    ...(observation.meta?.lastUpdated ? { reported: observation.meta.lastUpdated } : {}),
    subScores: subScores.map(({ basis: _basis, ...subScore }) => subScore),
    ...performers(observation.performer ?? []),
  }
}

/** A score without an assessment is shown as one that cannot be checked, and is never left out. */
function unassessed({ valueQuantity, valueInteger }: Observation): Assessment {
  const sentTotal = valueQuantity?.value ?? valueInteger
  const nothing = { worstParameters: [], notApplicable: [], subScores: [], flags: [] }
  return { controller: '', partial: true, missing: [...parameters], ...nothing, ...(sentTotal === undefined ? {} : { sentTotal }) }
}

const organizationSystems = new Set<string>([identifierSystems.ENH, identifierSystems.RESH, identifierSystems.HER])

function performers(references: Reference[]): Pick<ShownScore, 'unit' | 'author'> {
  const isUnit = ({ identifier, reference, type }: Reference) =>
    organizationSystems.has(seriesOf(identifier?.system) ?? '') ||
    type === 'Organization' ||
    (reference?.startsWith('Organization/') ?? false)
  const unit = references.filter(isUnit).flatMap((reference) => nameOf(reference) ?? [])[0]
  const author = references.filter((reference) => !isUnit(reference)).flatMap((reference) => nameOf(reference) ?? [])[0]
  return { ...(unit ? { unit } : {}), ...(author ? { author } : {}) }
}

/** A name, or a number that may be shown to a reader; never a national identity number. */
function nameOf({ display, identifier }: Reference): string | undefined {
  if (display) return display
  if (!identifier?.value) return undefined
  if (identifier.system === identifierSystems.HPR) return `HPR ${identifier.value}`
  return organizationSystems.has(seriesOf(identifier.system) ?? '') ? identifier.value : undefined
}

function readControllers({ parameter = [] }: Parameters): Controller[] {
  return parameter
    .filter(({ name }) => name === 'controller')
    .map(({ part = [] }) => {
      const phone = part.find(({ name }) => name === 'phone')?.valueString
      const organization = part.find(({ name }) => name === 'organization')?.valueIdentifier?.value ?? ''
      const name = part.find((candidate) => candidate.name === 'name')?.valueString ?? organization
      const hours = part.find((candidate) => candidate.name === 'actWithinHours')?.valueInteger
      return {
        organization,
        name,
        ...(phone ? { phone } : {}),
        texts: readTexts(part),
        ...(hours === undefined ? {} : { actWithinHours: hours }),
      }
    })
}

function readDefault(texts: Parameters | undefined): ResponseTexts {
  return readTexts(texts?.parameter?.find(({ name }) => name === 'default')?.part ?? [])
}

function readTexts(parts: ParametersParameter[]): ResponseTexts {
  const texts = parts
    .filter(({ name }) => name === 'text')
    .map(({ part = [] }) => Object.fromEntries(part.map((item) => [item.name, item.valueCode ?? item.valueString])))
  const find = (band: Band, language: Language): ResponseText => {
    const found = texts.find((text) => text['band'] === band && text['language'] === language)
    if (!found?.['value']) return { text: defaultResponseTexts[band][language], writtenIn: language, setBy: 'default' }
    return { text: found['value'], writtenIn: found['writtenIn'] as Language, setBy: found['setBy'] as ResponseText['setBy'] }
  }
  return byBand((band) => byLanguage((language) => find(band, language)))
}

function byBand<T>(make: (band: Band) => T): Record<Band, T> {
  return Object.fromEntries(bands.map((band) => [band, make(band)])) as Record<Band, T>
}

function byLanguage<T>(make: (language: Language) => T): Record<Language, T> {
  return Object.fromEntries(languages.map((language) => [language, make(language)])) as Record<Language, T>
}
