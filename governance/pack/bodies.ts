/** Bodies by the names under which packs write of them. One that holds a meeting is also known by the heading of the meeting. */

export interface KnownBody {
  name: string
  /** As texts write it; the first that occurs in a pack gives the line. */
  written: readonly string[]
}

// biome-ignore format: a table, one row to a line
export const knownBodies: readonly KnownBody[] = [
  { name: 'Nasjonalt e-helseråd', written: ['Nasjonalt e-helseråd', 'E-helserådet'] },
  { name: 'NUIT', written: ['NUIT', 'Nasjonalt prioriteringsutvalg'] },
  { name: 'TBU', written: ['TBU', 'Teknisk beregningsutvalg', 'teknisk beregningsutvalg'] },
  { name: 'KommIT-rådet', written: ['KommIT-rådet'] },
  { name: 'KS Hovedstyre', written: ['KS Hovedstyre'] },
  { name: 'Prosjektråd', written: ['Prosjektråd'] },
  { name: 'Styret i FKJI', written: ['styret i Felles kommunal journal interim', 'styret i FKJI'] },
  { name: 'Styringsgruppen for felles journalløft', written: ['Styringsgruppen har'] },
  { name: 'Samarbeidsorgan for digital helseberedskap', written: ['Samarbeidsorgan for digital helseberedskap'] },
  { name: 'Programstyret for Program digital samhandling', written: ['programstyret for Program digital samhandling'] },
  { name: 'Helse- og omsorgsdepartementet', written: ['Helse- og omsorgsdepartementet', 'omsorgsdepartementet'] },
  { name: 'REK', written: ['(REK)'] },
]
