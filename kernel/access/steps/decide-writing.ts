import type { Step } from '../pipeline.ts'

/** A data controller writes its own records and no others; it sees them, to tell a resend from news. */
export const decideWriting: Step = ({ caller, service, kind }, { patient, contributors }) => {
  if (!patient || !caller.organization) return undefined
  const own = [caller.organization]
  return {
    kind,
    service: service.id,
    organization: caller.organization,
    purpose: undefined,
    patient,
    controllers: own,
    openedSensitiveCodes: [],
    anyContributor: contributors.length > 0,
    visibleContributors: contributors.filter((controller) => own.includes(controller)),
    withheld: false,
    grounds: 'own-data',
    legalReferences: service.legalBasis,
  }
}
