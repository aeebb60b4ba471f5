/** AppRec 1.0 (2004-11-21) and 1.1 (2012-02-15): whether the receiver could use a message. */
import { group, list, optional, required } from '../fields.ts'
import { coded, dateTime, text, url } from '../types.ts'

const additionalId = group('AdditionalId', {
  /** Id */
  value: required('Id', text),
  /** Type */
  type: required('Type', coded(8116, 9051)),
})

const named = {
  /** Name */
  name: optional('Name', text),
  /** Id */
  id: optional('Id', text),
  /** TypeId */
  idType: optional('TypeId', coded(9051, 8116)),
  /** AdditionalId */
  additionalIds: list('AdditionalId', additionalId),
}

/** Address */
const address = group('Address of AppRec', {
  /** Type */
  use: required('Type', coded(3401)),
  /** StreetAdr */
  line: optional('StreetAdr', text),
  /** PostalCode */
  postalCode: optional('PostalCode', text),
  /** City */
  city: optional('City', text),
  /** County */
  municipality: optional('County', coded(3402)),
  /** Country */
  country: optional('Country', coded(9043)),
  /** CityDistr */
  district: optional('CityDistr', coded(3403)),
  /** TeleAddress */
  contacts: list('TeleAddress', url),
})

/** HCP */
const party = group(
  'HCP',
  {
    /** Inst */
    institution: optional(
      'Inst',
      group('Inst', {
        ...named,
        /** Dept */
        departments: list('Dept', group('Dept', { ...named, type: optional('Type', coded()) })),
        /** HCPerson */
        persons: list('HCPerson', group('HCPerson', named)),
      }),
    ),
    /** HCProf */
    professional: optional('HCProf', group('HCProf', { ...named, type: optional('Type', coded()) })),
    /** MedSpeciality */
    specialty: optional('MedSpeciality', coded()),
    /** Address */
    address: optional('Address', address),
  },
  { oneOf: ['institution', 'professional'] },
)

/** Sender and Receiver */
const end = group('Sender of AppRec', {
  /** Role */
  role: optional('Role', coded()),
  /** HCP */
  party: required('HCP', party),
})

/** OriginalMsgId */
const original = group('OriginalMsgId', {
  /** MsgType 8279 */
  type: required('MsgType', coded(8279)),
  /** IssueDate */
  issued: required('IssueDate', dateTime),
  /** Id: MsgId of the message. */
  id: required('Id', text),
})

/** AppRec */
export const receipt = group('AppRec', {
  /** MsgType 8279 */
  type: required('MsgType', coded(8279)),
  /** MIGversion */
  profile: required('MIGversion', text),
  /** SoftwareName */
  software: optional('SoftwareName', text),
  /** SoftwareVersion */
  softwareVersion: optional('SoftwareVersion', text),
  /** GenDate */
  timestamp: required('GenDate', dateTime),
  /** Id */
  id: required('Id', text),
  /** Sender */
  sender: required('Sender', end),
  /** Receiver */
  receiver: required('Receiver', end),
  /** Status 8258: 1 OK, 2 rejected, 3 OK with a fault in a part. */
  status: required('Status', coded(8258)),
  /** Error */
  errors: list('Error', coded(7419, 8221, 8222)),
  /** OriginalMsgId: the message that is answered. */
  original: required('OriginalMsgId', original),
})
