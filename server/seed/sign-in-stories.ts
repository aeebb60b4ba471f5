/** In which portal each made-up person signs in, and who shares a story: the groups of the sign-in page. */
interface Said {
  nb: string
  nn: string
  en: string
}

const said = (nb: string, nn: string, en: string): Said => ({ nb, nn, en })

interface Story {
  portal: 'clinician' | 'citizen' | 'controller'
  story: Said
  /** Ids of the people, in the order of the page. */
  people: readonly string[]
}

// biome-ignore format: a table
const stories: readonly Story[] = [
  { portal: 'clinician', story: said('Helsepersonell som slår opp', 'Helsepersonell som slår opp', 'Health personnel who look up'),
    people: ['nurse-bergen', 'nurse-oslo', 'gp-barum', 'doctor-helse-nord', 'nurse-bodo', 'nurse-stavanger', 'doctor-helse-vest', 'nurse-private',
      'psychologist-helse-nord'] },
  { portal: 'clinician', story: said('Slipper ikke inn, og får vite hvorfor', 'Slepp ikkje inn, og får vite kvifor',
    'Are not let in, and are told why'), people: ['nurse-revoked', 'caseworker-oslo'] },
  { portal: 'controller', story: said('Bergen kommune', 'Bergen kommune', 'Bergen kommune'),
    people: ['owner-bergen', 'second-owner-bergen', 'privacy-officer-bergen', 'reader-bergen'] },
  { portal: 'controller', story: said('Den andre parten i avtaler', 'Den andre parten i avtalar', 'The other party of agreements'),
    people: ['owner-oslo', 'owner-helse-vest'] },
  { portal: 'citizen', story: said('Ser sine egne opplysninger', 'Ser sine eigne opplysningar', 'See their own information'),
    people: ['citizen-liv', 'citizen-astrid'] },
  { portal: 'citizen', story: said('Har bestemt hvem som får se', 'Har bestemt kven som får sjå', 'Have decided who may see'),
    people: ['citizen-torbjorn', 'citizen-vigdis', 'citizen-ragnhild', 'citizen-leif'] },
  { portal: 'citizen', story: said('Familien Vik: foreldre med felles ansvar og fire barn', 'Familien Vik: foreldre med felles ansvar og fire ' +
    'barn', 'The Vik family: parents with shared responsibility and four children'), people: ['citizen-hanne', 'citizen-tor', 'citizen-ella'] },
  { portal: 'citizen', story: said('Familien Moen: ungdommer på 15, 16 og 17 år', 'Familien Moen: ungdommar på 15, 16 og 17 år',
    'The Moen family: youths of 15, 16 and 17'), people: ['citizen-kristin', 'citizen-sander', 'citizen-thea'] },
  { portal: 'citizen', story: said('Barn som bor hos andre enn foreldrene', 'Barn som bur hos andre enn foreldra',
    'Children who live with others than their parents'), people: ['citizen-trond', 'citizen-cathrine', 'citizen-grete'] },
  { portal: 'citizen', story: said('Verger og fullmektiger', 'Verjer og fullmektige', 'Guardians and attorneys'),
    people: ['citizen-bodil', 'citizen-rolf', 'citizen-siri', 'citizen-odd'] },
  { portal: 'citizen', story: said('Strengt fortrolig adresse', 'Strengt fortruleg adresse', 'Strictly confidential address'),
    people: ['citizen-nadia'] },
]

/** Puts people in the order of the stories, each with its portal's client and its story; those without one come last, unchanged. */
export function inStories<Person extends { id: string }>(people: readonly Person[]): (Person & { client?: string; story?: Said })[] {
  const told = stories.flatMap(({ portal, story, people: ids }) =>
    ids.flatMap((id) => people.filter((person) => person.id === id).map((person) => ({ ...person, client: `helsevev-${portal}`, story }))),
  )
  const named = new Set(told.map(({ id }) => id))
  return [...told, ...people.filter(({ id }) => !named.has(id))]
}
