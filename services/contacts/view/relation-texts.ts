/** What both panels call people and their relations, and what a guardian decides about. */
import { texts } from '@helsevev/ui/texts.ts'

// biome-ignore format: a table, one row to a text
export const relationTexts = texts({
  nextOfKin: ['Nærmeste pårørende', 'Næraste pårørande', 'Next of kin'],
  nameless: ['Navn er ikke oppgitt', 'Namn er ikkje oppgitt', 'No name is given'],
  placesWithheld: ['Telefon og sted vises ikke: adressen er beskyttet.', 'Telefon og stad er ikkje vist: adressa er verna.',
    'Telephone and place are not shown: the address is protected.'],
  'role.other': ['Annen ansvarlig', 'Annan ansvarleg', 'Also responsible'],
  'relation.partner': ['Ektefelle eller partner', 'Ektefelle eller partnar', 'Spouse or partner'],
  'relation.mother': ['Mor', 'Mor', 'Mother'], 'relation.father': ['Far', 'Far', 'Father'],
  'relation.co-mother': ['Medmor', 'Medmor', 'Co-mother'], 'relation.parent': ['Forelder', 'Forelder', 'Parent'],
  'relation.daughter': ['Datter', 'Dotter', 'Daughter'], 'relation.son': ['Sønn', 'Son', 'Son'],
  'relation.child': ['Barn', 'Barn', 'Child'], 'relation.sister': ['Søster', 'Syster', 'Sister'],
  'relation.brother': ['Bror', 'Bror', 'Brother'], 'relation.sibling': ['Søsken', 'Sysken', 'Sibling'],
  'relation.grandparent': ['Besteforelder', 'Besteforelder', 'Grandparent'], 'relation.family': ['Familie', 'Familie', 'Family'],
  'relation.friend': ['Venn', 'Ven', 'Friend'], 'relation.neighbour': ['Nabo', 'Nabo', 'Neighbour'],
  'relation.emergency-contact': ['Kontakt i nødsfall', 'Kontakt i naudsfall', 'Emergency contact'],
  'scope.personligeInteresser': ['personlige forhold', 'personlege forhold', 'personal matters'],
  'scope.oekonomiskeInteresser': ['økonomi', 'økonomi', 'finances'],
  'scope.personligeOgOekonomiskeInteresser': ['personlige forhold og økonomi', 'personlege forhold og økonomi',
    'personal matters and finances'],
  'scope.utlendingssakerPersonligeOgOekonomiskeInteresser': ['personlige forhold, økonomi og utlendingssaken',
    'personlege forhold, økonomi og utlendingssaka', 'personal matters, finances and immigration'],
})
