/** One's own copy: all that is released as FHIR, the summary, or the summary as a PDF. Each is logged by the calls of the API that it makes. */

import { type Desk, isProblem } from '@helsevev/portal/server'
import { dayInNorway } from '@helsevev/ui/format.ts'
import type { Bundle } from '@medplum/fhirtypes'
import { z } from 'zod'
import { incompleteHeader } from '../contract.ts'
import { aboutOf, type Content, patientParameter, type Some } from './people.ts'
import { summaryPdf } from './summary-pdf.ts'
import { summaryText } from './summary-text.ts'

const bundle = z.looseObject({ resourceType: z.literal('Bundle'), entry: z.array(z.looseObject({})).optional() })

export const downloadHandlers = (desk: Desk<Content>): Some<'download'> => ({
  async download(asked, { headers, body: { format, language, withNumber } }) {
    const about = aboutOf(asked, headers)
    if (isProblem(about)) return about
    const operation = format === 'fhir' ? '$everything' : '$summary'
    const answer = bundle.parse(await asked.api.post(`/fhir/Patient/${operation}`, new URLSearchParams(patientParameter(about))))
    const { reply } = asked
    // Neither name nor number: files lie about.
    const name = `helsevev-${format === 'fhir' ? 'alt' : 'sammendrag'}-${dayInNorway(desk.now())}.${format === 'pdf' ? 'pdf' : 'json'}`
    reply.header('content-disposition', `attachment; filename="${name}"`)
    if (isIncomplete(answer as unknown as Bundle)) reply.header(incompleteHeader, 'true')
    if (format === 'pdf') {
      reply.type('application/pdf')
      return await summaryPdf(summaryText(answer as unknown as Bundle, language, withNumber), language)
    }
    reply.type('application/fhir+json')
    return Buffer.from(JSON.stringify(answer, null, 2))
  },
})

/** A collection ends with an OperationOutcome when it is not the whole (docs/api/everything.md). */
function isIncomplete({ entry = [] }: Bundle): boolean {
  return entry.some(({ resource }) => resource?.resourceType === 'OperationOutcome')
}
