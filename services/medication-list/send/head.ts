/** The head of a version that was made here: who sent it, what was settled, and what stays of the version before. */
import { messageIdentifier, withoutEmpty } from '@helsevev/clinical/e-prescription-fhir/making'
import { senderRole } from '@helsevev/clinical/e-prescription-fhir/parties'
import { identifierOf, MESSAGE_KIND, messageExtensions, PLL_ID } from '@helsevev/clinical/e-prescription-fhir/systems'
import { hl7, identifierSystems } from '@helsevev/clinical/systems'
import type { Extension, List, PractitionerRole } from '@medplum/fhirtypes'
import { extensionsOf, extensionUrls, LIST_CODE, partOf } from '../fhir/systems.ts'
import type { Planning } from './lines.ts'

/** `references`: of the lines, in their order. */
export function headOf(planning: Planning, references: readonly string[]): List {
  const { writer, now, version, standing } = planning
  const { list } = standing
  const time = now.toISOString()
  const sender = senderOf(writer)
  const parties = (list?.contained ?? []).filter((one) => one.resourceType === 'PractitionerRole' && one.id !== 'sender')
  return withoutEmpty<List>({
    resourceType: 'List',
    contained: [sender, ...parties],
    extension: [
      { url: messageExtensions.messageTime, valueDateTime: time },
      infoOf(list, time),
      ...keptOf(list),
      ...warningsOf(planning, time),
      ...reconciliationOf(planning),
    ],
    identifier: [messageIdentifier({ id: version })],
    status: 'current',
    mode: 'working',
    title: 'Legemidler i bruk',
    code: { coding: [LIST_CODE, { system: MESSAGE_KIND, code: 'M25.1' }] },
    subject: {},
    date: time,
    source: { reference: '#sender' },
    note: list?.note ?? [],
    entry: references.map((reference) => ({ item: { reference } })),
    ...(references.length > 0 ? {} : { emptyReason: { coding: [{ system: hl7('list-empty-reason'), code: 'nilknown' }] } }),
  })
}

function senderOf({ organization, organizationName, name, hprNumber, profession }: Planning['writer']): PractitionerRole {
  const professional = {
    ...(profession === undefined ? {} : { profession: { code: profession } }),
    ...(name === undefined ? {} : { family: name }),
    identifiers: hprNumber === undefined ? [] : [{ value: hprNumber, type: { code: 'HPR' } }],
  }
  const unit = { name: organizationName ?? organization, identifiers: [{ value: organization, type: { code: 'ENH' } }], professional }
  const made = senderRole({ organization: unit } as unknown as Parameters<typeof senderRole>[0])
  return made ?? { resourceType: 'PractitionerRole', id: 'sender' }
}

/** `substitute` and `relatedparties` stand until a message says otherwise. */
function infoOf(list: List | undefined, valueDateTime: string): Extension {
  const parts = list ? (extensionsOf(list, 'listInfo')[0]?.extension ?? []) : []
  return { url: extensionUrls.listInfo, extension: [...parts.filter(({ url }) => url !== 'PLLdate'), { url: 'PLLdate', valueDateTime }] }
}

/** The review, and what the list had of lines without an id. What was about the message before goes with it. */
function keptOf(list: List | undefined): Extension[] {
  return (list?.extension ?? []).filter((one) => {
    if (one.url === extensionUrls.review) return true
    const path = one.url === extensionUrls.element ? partOf(one, 'path')?.valueString : undefined
    return path?.startsWith('Legemidler') === true
  })
}

/** A warning that was handled stays handled as long as its lines stand, until it is handled again. */
function warningsOf({ request, standing, writer }: Planning, time: string): Extension[] {
  const made = request.handled.map(({ lines, code, note }): Extension => {
    const author = {
      type: 'Practitioner',
      ...(writer.hprNumber === undefined ? {} : { identifier: { system: identifierSystems.HPR, value: writer.hprNumber } }),
      ...(writer.name === undefined ? {} : { display: writer.name }),
    } as const
    return {
      url: extensionUrls.handledWarning,
      extension: [
        ...lines.map((line) => ({ url: 'line', valueIdentifier: identifierOf(PLL_ID, line) })),
        { url: 'code', valueCodeableConcept: { coding: [code] } },
        { url: 'time', valueDateTime: time },
        ...(note === undefined ? [] : [{ url: 'note', valueString: note }]),
        { url: 'author', valueReference: author },
      ],
    }
  })
  const again = new Set(made.map(linesOf))
  const earlier = standing.list ? extensionsOf(standing.list, 'handledWarning') : []
  return [...earlier.filter((one) => !again.has(linesOf(one))), ...made]
}

function linesOf({ extension = [] }: Extension): string {
  const lines = extension.flatMap(({ url, valueIdentifier }) => (url === 'line' ? (valueIdentifier?.value ?? []) : []))
  return lines.sort().join()
}

function reconciliationOf({ request }: Planning): Extension[] {
  const parts: Extension[] = [
    ...(request.basis === undefined ? [] : [{ url: 'basis', valueCode: request.basis }]),
    ...request.sources.map((source) => ({ url: 'source', valueCode: source })),
    ...request.with.map((who) => ({ url: 'with', valueString: who })),
  ]
  return parts.length > 0 ? [{ url: extensionUrls.reconciliation, extension: parts }] : []
}
