/** The route that reports whether there is anything about each patient of a list. */
import type { AreaRoute } from '../../fhir/routes.ts'
import { hasDataArea } from './area.ts'
import { hasData } from './has-data.ts'

export const hasDataRoutes: readonly AreaRoute[] = [
  {
    method: 'POST',
    path: '$has-data',
    area: hasDataArea,
    about: 'Whether there is anything about each of several patients, in each service: POST with Parameters. Opens nothing.',
    inParameters: true,
    sends: { type: 'Parameters', code: 'invalid-parameter' },
    takes: [
      { name: 'patient', type: 'token', documentation: 'A patient: valueIdentifier with system and value.', required: true, repeats: true },
      { name: 'service', type: 'string', documentation: 'The id of a service, as valueCode; all where none is named.', repeats: true },
      { name: 'signals', type: 'string', documentation: 'valueBoolean true: the signals of the services too.' },
    ],
    run: async (exchange, sent) => await hasData(exchange, sent.json()),
  },
]
