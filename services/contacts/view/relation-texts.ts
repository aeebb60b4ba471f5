/** What both panels call a relation, and what a guardian decides about. */
import { texts } from '@helsevev/ui/texts.ts'

// biome-ignore format: a table, one row to a text
export const relationTexts = texts({
  'relation.partner': ['Ektefelle eller partner', 'Ektefelle eller partnar', 'Spouse or partner'],
  'relation.mother': ['Mor', 'Mor', 'Mother'],
  'relation.father': ['Far', 'Far', 'Father'],
  'relation.co-mother': ['Medmor', 'Medmor', 'Co-mother'],
  'relation.parent': ['Forelder', 'Forelder', 'Parent'],
  'relation.daughter': ['Datter', 'Dotter', 'Daughter'],
  'relation.son': ['Sønn', 'Son', 'Son'],
  'relation.child': ['Barn', 'Barn', 'Child'],
  'relation.sister': ['Søster', 'Syster', 'Sister'],
  'relation.brother': ['Bror', 'Bror', 'Brother'],
  'relation.sibling': ['Søsken', 'Sysken', 'Sibling'],
  'relation.grandparent': ['Besteforelder', 'Besteforelder', 'Grandparent'],
  'relation.family': ['Familie', 'Familie', 'Family'],
  'relation.friend': ['Venn', 'Ven', 'Friend'],
  'relation.neighbour': ['Nabo', 'Nabo', 'Neighbour'],
  'relation.emergency-contact': ['Kontakt i nødsfall', 'Kontakt i naudsfall', 'Emergency contact'],
  'scope.personligeInteresser': ['personlige forhold', 'personlege forhold', 'personal matters'],
  'scope.oekonomiskeInteresser': ['økonomi', 'økonomi', 'finances'],
  'scope.personligeOgOekonomiskeInteresser': ['personlige forhold og økonomi', 'personlege forhold og økonomi',
    'personal matters and finances'],
  'scope.utlendingssakerPersonligeOgOekonomiskeInteresser': ['personlige forhold, økonomi og utlendingssaken',
    'personlege forhold, økonomi og utlendingssaka', 'personal matters, finances and the immigration case'],
})
