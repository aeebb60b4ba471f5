/** Components that several messages share: identifiers, addresses, health personnel and organisations. */
import { classify } from '@helsevev/kernel/values/identity-number'
import { group, optional, type Place, required, type ValueOf } from '../fields.ts'
import { type Coded, coded, date, text, url } from '../types.ts'

/** Namespace of felleskomponent1. */
export const FK1 = 'http://www.kith.no/xmlstds/felleskomponent1'

const identifierFields = {
  /** Id: a number as written, also with zeros in front. */
  value: required('Id', text),
  /** TypeId: the kind of number, 8116 of persons and 9051 of organisations. */
  type: required('TypeId', coded(8116, 9051)),
}
/** The form of numbers, by their kind. A made-up number of a person has the form as well. */
const forms: Readonly<Record<string, (number: string) => boolean>> = {
  FNR: (number) => classify(number)?.kind === 'FNR',
  DNR: (number) => classify(number)?.kind === 'DNR',
  ENH: (number) => /^\d{9}$/.test(number),
  HER: (number) => /^\d{1,9}$/.test(number),
  HPR: (number) => /^\d{1,9}$/.test(number),
}

/** Notes a number that is not of the form of its kind. */
function checkNumber({ value, type }: Readonly<Record<string, unknown>>, place: Place): void {
  const kind = (type as Coded | undefined)?.code ?? ''
  const isOfForm = Object.hasOwn(forms, kind) ? forms[kind] : undefined
  if (typeof value === 'string' && isOfForm && !isOfForm(value)) place.note('odd-number', `${kind} ${value}`)
}

const addressFields = {
  /** Type */
  use: optional('Type', coded(3401)),
  /** StreetAdr */
  line: optional('StreetAdr', text),
  /** PostalCode */
  postalCode: optional('PostalCode', text),
  /** City */
  city: optional('City', text),
  /** Postbox */
  postbox: optional('Postbox', text),
  /** County: the number of the municipality. */
  municipality: optional('County', coded(3402)),
  /** Country */
  country: optional('Country', coded(9043)),
}
const contactFields = {
  /** TypeTelecom */
  use: optional('TypeTelecom', coded(9061)),
  /** TeleAddress: a URI such as `tel:` or `mailto:`. */
  value: required('TeleAddress', url),
}

/** Ident, Address and TeleCom of MsgHead. */
export const identifier = group('Ident', identifierFields, { check: checkNumber })
export const address = group('Address', addressFields)
export const contact = group('TeleCom', contactFields)

/** The same in felleskomponent1, which the e-prescription messages use. */
export const sharedIdentifier = group('Ident', identifierFields, { namespace: FK1, check: checkNumber })
export const sharedAddress = group('Address', addressFields, { namespace: FK1 })
const sharedContact = group('TeleCom', contactFields, { namespace: FK1 })

/** A number with its kind. */
export type Identifier = ValueOf<typeof identifier>

/** The number of one kind, such as `ENH`; of health personnel (`HPR`) without zeros in front, so that all spellings are one. */
export function numberOf(identifiers: readonly Identifier[], type: string): string | undefined {
  const value = identifiers.find((one) => one.type?.code === type)?.value
  return type === 'HPR' ? value?.replace(/^0+(?=\d)/, '') : value
}

/** Helseperson */
export const practitioner = group('Helseperson', {
  /** HprId */
  identifier: required('HprId', sharedIdentifier),
  /** Fornavn */
  given: optional('Fornavn', text),
  /** Etternavn */
  family: optional('Etternavn', text),
  /** Spesialitet 7426 */
  specialty: optional('Spesialitet', coded(7426)),
})

/** Organisasjon */
export const organization = group('Organisasjon', {
  /** HerId */
  identifier: required('HerId', sharedIdentifier),
  /** Inst */
  institution: optional('Inst', text),
  /** Dept */
  department: optional('Dept', text),
  /** InstitusjonsID */
  institutionCode: optional('InstitusjonsID', coded()),
})

/** M27.4, whose doctor and pharmacy other messages use. */
const MULTIDOSE = 'http://www.kith.no/xmlstds/eresept/m274/2012-06-11'

/** Multidoselege: the doctor who is responsible for multidose. */
export const multidoseDoctor = group(
  'Multidoselege',
  {
    /** HprNr, as written, also with zeros in front. */
    hprNumber: required('HprNr', text),
    /** Navn */
    name: required('Navn', text),
    /** Org */
    organizationName: required('Org', text),
    /** HerId */
    organization: required('HerId', sharedIdentifier),
    /** AktivTil: the last day. */
    activeUntil: optional('AktivTil', date),
    /** Telefon */
    phone: optional('Telefon', sharedContact),
  },
  { namespace: MULTIDOSE, isOwn: true },
)

/** Multidoseapotek: the pharmacy that is responsible for multidose. */
export const multidosePharmacy = group(
  'Multidoseapotek',
  {
    /** Navn */
    name: required('Navn', text),
    /** Adresse */
    address: optional('Adresse', sharedAddress),
    /** Konsesjonsnr */
    licence: required('Konsesjonsnr', sharedIdentifier),
    /** AktivTil: the last day. */
    activeUntil: optional('AktivTil', date),
    /** Telefon */
    phone: optional('Telefon', sharedContact),
  },
  { namespace: MULTIDOSE, isOwn: true },
)
