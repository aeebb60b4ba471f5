import type { CodeableConcept } from '@medplum/fhirtypes'

/** The name of a concept: its text, or the names of its codes, or the codes, each once. */
export function wordsOf(concept: CodeableConcept | undefined): string | undefined {
  const names = concept?.coding?.flatMap(({ display, code }) => display ?? code ?? [])
  return concept?.text ?? ([...new Set(names)].join(', ') || undefined)
}
