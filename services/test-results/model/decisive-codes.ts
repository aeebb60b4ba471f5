/**
 * Codes that decide what a result means: its status and type, what its number is compared by, whether it is outside its limits, and the
 * discipline. Each list with the names of its codes (Volven), by which a code that was left out can be read, and nothing else.
 */

type Rows = readonly (readonly [code: string, ...names: string[]])[]

/** A name after the first is one that senders write in its place. */
// biome-ignore format: a table, one list to a block
const rows = {
  /** Status of a report. */
  7306: [['S', 'Planlagt'], ['P', 'Foreløpig rapport', 'Foreløpig'], ['F', 'Endelig rapport', 'Endelig'], ['A', 'Tillegg til rapport']],
  /** Type of a report. */
  7309: [['N', 'Ny'], ['M', 'Endring'], ['C', 'Kansellering', 'Kansellert'], ['H', 'Historikk'], ['A', 'Tillegg']],
  /** Discipline; the last of them are not in the list and are sent all the same. */
  8202: [
    ['AN', 'Annet'], ['CLIN', 'Medisinsk biokjemi'], ['CT', 'Computertomografi'], ['CYTO', 'Cytologi'], ['HIST', 'Histologi'],
    ['LAB', 'Laboratoriemedisin'], ['MA', 'Mammografi'], ['MBIO', 'Mikrobiologi'], ['MR', 'Magnettomografi'], ['OBD', 'Obduksjon'],
    ['RTG', 'Røntgen'], ['SCI', 'Scintigrafi'], ['UL', 'Ultralyd'], ['PAT', 'Patologi'], ['BLD', 'Bildediagnostikk'], ['RAD', 'Radiologi'],
  ],
  /** What a number is compared by. */
  8239: [
    ['EQ', 'Lik'], ['NE', 'Ikke lik'], ['LT', 'Mindre enn'], ['LE', 'Mindre enn eller lik'], ['GT', 'Større enn'],
    ['GE', 'Større enn eller lik'], ['MG', 'Mye større enn'], ['ML', 'Mye mindre enn'],
  ],
  /** Outside the limits of reference. */
  8244: [
    ['1', 'Over øvre referansegrense', 'Over øvre ref.område'], ['2', 'Under nedre referansegrense', 'Under nedre ref.område'],
    ['3', 'Utenfor referansegrensene'],
  ],
  /** Status of a result. */
  8245: [
    ['1', 'Revidert'], ['2', 'Foreløpig'], ['3', 'Endelig'], ['4', 'Tillegg'], ['5', 'Henvisning registrert'],
    ['6', 'Prosedyrer registrert/planlagt'], ['7', 'Tildelt time'], ['8', 'Undersøkelse gjennomført'], ['9', 'Diktert'],
    ['10', 'Skrevet (usignert svar foreligger)'], ['11', 'Signert'], ['12', 'Korrigert (usignert tilleggsbeskrivelse foreligger)'],
    ['13', 'Signert korrigert/tilleggsbeskrivelse foreligger'], ['14', 'Undersøkelse slettet'], ['15', 'I prosess'],
  ],
  /** Type of a result. */
  8270: [['N', 'Ny'], ['M', 'Endring'], ['C', 'Kansellering', 'Kansellert'], ['H', 'Historikk'], ['A', 'Tillegg']],
} as const satisfies Readonly<Record<number, Rows>>

export type DecisiveList = keyof typeof rows

const listed: ReadonlyMap<number, { codes: ReadonlySet<string>; names: ReadonlyMap<string, string> }> = new Map(
  Object.entries<Rows>(rows).map(([list, all]) => [
    Number(list),
    {
      codes: new Set(all.map(([code]) => code)),
      names: new Map(all.flatMap(([code, ...names]) => names.map((name) => [plain(name), code] as const))),
    },
  ]),
)

/** Whether a list has the code, as it is written. */
export function isListed(list: DecisiveList, code: string): boolean {
  return listed.get(list)?.codes.has(code) ?? false
}

/** The code that a list has under this name. Small and capital letters are one. */
export function codeNamed(list: DecisiveList, name: string): string | undefined {
  return listed.get(list)?.names.get(plain(name))
}

function plain(name: string): string {
  return name.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase()
}
