/** Kinds of alarm in their groups: http://ehelse.no/fhir/CodeSystem/vkp-alert-code-v090, read 2026-08. */
export const alertGroups: Readonly<Record<string, string>> = {
  1: 'Elektronisk medisineringsstøtte',
  2: 'Lokaliseringsteknologi',
  3: 'Trygghetsalarm',
  4: 'Digitalt tilsyn',
  5: 'Digital hjemmeoppfølging',
  6: 'E-lås',
  7: 'Sykesignalanlegg',
}
