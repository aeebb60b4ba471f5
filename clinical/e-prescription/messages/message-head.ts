/** MsgHead 1.2 (2006-05-24): the kind of message, its sender, receiver and patient, and what describes each document. */
import { group, list, optional, required, type ValueOf } from '../fields.ts'
import { coded, date, dateTime, text, timestamp } from '../types.ts'
import { address, contact, identifier } from './common.ts'

export const MSG_HEAD = 'http://www.kith.no/xmlstds/msghead/2006-05-24'

const personFields = {
  /** FamilyName */
  family: optional('FamilyName', text),
  /** MiddleName */
  middle: optional('MiddleName', text),
  /** GivenName */
  given: optional('GivenName', text),
  /** DateOfBirth */
  birthDate: optional('DateOfBirth', date),
  /** Sex 3101 */
  sex: optional('Sex', coded(3101)),
  /** Nationality */
  nationality: optional('Nationality', coded(9043)),
  /** Ident: FNR, DNR and others of 8116. */
  identifiers: list('Ident', identifier),
  /** Address */
  address: optional('Address', address),
  /** TeleCom */
  contacts: list('TeleCom', contact),
}

/** Patient */
const patient = group('Patient', personFields)

const person = group('Person', personFields)

/** HealthcareProfessional */
const professional = group('HealthcareProfessional', {
  /** TypeHealthcareProfessional 9060 */
  profession: optional('TypeHealthcareProfessional', coded(9060)),
  /** RoleToPatient */
  role: optional('RoleToPatient', coded(9034)),
  ...personFields,
})

const unitFields = {
  /** OrganisationName */
  name: required('OrganisationName', text),
  /** TypeOrganisation */
  type: optional('TypeOrganisation', coded()),
  /** Ident: ENH, HER, RSH and others of 9051. */
  identifiers: list('Ident', identifier),
  /** Address */
  address: optional('Address', address),
  /** TeleCom */
  contacts: list('TeleCom', contact),
}

/** Organisation inside an organisation; a third one inside that becomes a note. */
const department = group(
  'Department',
  {
    ...unitFields,
    /** HealthcareProfessional */
    professional: optional('HealthcareProfessional', professional),
  },
  { kept: ['Organisation'] },
)

const organisation = group('Organisation', {
  ...unitFields,
  /** Organisation: the department. */
  department: optional('Organisation', department),
  /** HealthcareProfessional */
  professional: optional('HealthcareProfessional', professional),
})

const party = group('Sender', {
  /** ComMethod */
  method: optional('ComMethod', coded()),
  /** Organisation */
  organization: required('Organisation', organisation),
})

const otherReceiver = group(
  'OtherReceiver',
  {
    /** ComMethod */
    method: optional('ComMethod', coded()),
    /** RoleReceiver */
    role: required('RoleReceiver', coded()),
    /** Organisation */
    organization: optional('Organisation', organisation),
    /** Patient */
    patient: optional('Patient', patient),
    /** Person */
    person: optional('Person', person),
    /** HealthcareProfessional */
    professional: optional('HealthcareProfessional', professional),
  },
  { atMostOneOf: ['organization', 'patient', 'person', 'professional'] },
)

/** ConversationRef */
const conversation = group('ConversationRef', {
  /** RefToParent: the MsgId that is answered. */
  parent: required('RefToParent', text),
  /** RefToConversation: the MsgId of the first message. */
  conversation: required('RefToConversation', text),
})

/** MsgInfo */
export const messageInfo = group(
  'MsgInfo',
  {
    /** Type 8279, such as `ERM1`. */
    type: required('Type', coded(8279)),
    /** MIGversion */
    profile: required('MIGversion', text),
    /** GenDate: when the message was made. */
    timestamp: required('GenDate', dateTime),
    /** MsgId: that of an M1 is the ReseptId of all later messages. */
    id: required('MsgId', text),
    /** ProcessingStatus */
    processingStatus: optional('ProcessingStatus', coded()),
    /** RequestedPriority */
    priority: optional('RequestedPriority', coded()),
    /** Ack */
    acknowledgement: optional('Ack', coded()),
    /** ConversationRef */
    conversation: optional('ConversationRef', conversation),
    /** Sender */
    sender: required('Sender', party),
    /** Receiver */
    receiver: required('Receiver', party),
    /** OtherReceiver */
    otherReceivers: list('OtherReceiver', otherReceiver),
    /** Patient */
    patient: optional('Patient', patient),
  },
  { namespace: MSG_HEAD, isOwn: true },
)

export type MessageInfo = ValueOf<typeof messageInfo>

const reference = group('RefDoc', {
  /** IssueDate */
  issued: optional('IssueDate', timestamp),
  /** MsgType: `XML`, or `A` of an attachment. */
  type: required('MsgType', coded(8114)),
  /** Id */
  id: optional('Id', text),
  /** MimeType */
  contentType: optional('MimeType', text),
  /** Description */
  description: optional('Description', text),
  /** Compression */
  compression: optional('Compression', coded()),
  /** FileReference */
  url: optional('FileReference', text),
})

/** Document, without RefDoc/Content, which the reader goes through by itself. */
export const documentInfo = group(
  'Document',
  {
    /** DocumentConnection: `H` main document, `V` attachment. */
    connection: optional('DocumentConnection', coded()),
    /** ContentType */
    type: optional('ContentType', coded()),
    /** ContentDescription */
    description: optional('ContentDescription', text),
    /** ContentCategory */
    category: optional('ContentCategory', coded()),
    /** Consent */
    consent: optional('Consent', coded()),
    /** Annotation */
    note: optional('Annotation', text),
    /** FromDate */
    from: optional('FromDate', timestamp),
    /** ToDate */
    to: optional('ToDate', timestamp),
    /** OidRef */
    oid: optional('OidRef', text),
    /** EnquiryRefId */
    enquiry: optional('EnquiryRefId', text),
    /** RefDoc */
    reference: required('RefDoc', reference),
  },
  { namespace: MSG_HEAD, isOwn: true },
)
