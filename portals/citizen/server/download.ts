/**
 * The person's own copy: everything released as FHIR, the summary, or the summary as a PDF. The API logs each by the calls that it takes.
 */

import { writeJson } from '@helsevev/kernel/values/json'
import { type Desk, isProblem } from '@helsevev/portal/server'
import { dayInNorway } from '@helsevev/ui/format.ts'
import type { Bundle } from '@medplum/fhirtypes'
import { z } from 'zod'
import { incompleteHeader } from '../contract.ts'
import type { Registers } from './choices.ts'
import { aboutOf, type Content, patientParameter, type Some } from './people.ts'
import { summaryPdf } from './summary-pdf.ts'
import { summaryText } from './summary-text.ts'

const bundle = z.looseObject({ resourceType: z.literal('Bundle'), entry: z.array(z.looseObject({})).optional() })

export const downloadHandlers = (desk: Desk<Content>, registers: Pick<Registers, 'organizations'>): Some<'download'> => ({
  async download(asked, { headers, body: { format, language, withNumber } }) {
    const about = aboutOf(asked, headers)
    if (isProblem(about)) return about
    const operation = format === 'fhir' ? '$everything' : '$summary'
    const answer = await asked.api.post(`/fhir/Patient/${operation}`, new URLSearchParams(patientParameter(about)))
    // The answer itself is written, and no copy: only it has the decimals as they were sent.
    bundle.parse(answer)
    const { reply } = asked
    // Neither name nor number: downloaded files may lie open for others to see.
    const name = `helsevev-${format === 'fhir' ? 'alt' : 'sammendrag'}-${dayInNorway(desk.now())}.${format === 'pdf' ? 'pdf' : 'json'}`
    reply.header('content-disposition', `attachment; filename="${name}"`)
    if (isIncomplete(answer as unknown as Bundle)) reply.header(incompleteHeader, 'true')
    if (format === 'pdf') {
      reply.type('application/pdf')
      const organizations = new Map((await registers.organizations()).map((one) => [one.number, one.name]))
      return await summaryPdf(summaryText(answer as unknown as Bundle, { language, withNumber, organizations }), language)
    }
    reply.type('application/fhir+json')
    return Buffer.from(writeJson(answer, 2))
  },
})

/** A collection that is not complete ends with an OperationOutcome (docs/api/everything.md). */
function isIncomplete({ entry = [] }: Bundle): boolean {
  return entry.some(({ resource }) => resource?.resourceType === 'OperationOutcome')
}
