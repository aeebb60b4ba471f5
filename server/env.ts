/**
 * The environment, parsed once: one row per variable, one sentence per variable that is wrong or missing. Each has a section
 * in docs/run/variables.md; `npm run check` fails otherwise.
 */
import { createPrivateKey } from 'node:crypto'
import { isIP } from 'node:net'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'

export type PortalName = 'clinician' | 'citizen' | 'controller'

/** A record system: address of its FHIR API, what the portal is there, the organisation that uses it, and its name. */
export interface SmartEhr {
  iss: string
  clientId: string
  organization: string
  name: string
}

interface PortalClient {
  id: string
  /** Private JWK. Absent in development: the one the test identity provider made. */
  key: string | undefined
}

export interface Environment {
  mode: 'development' | 'production'
  host: string
  port: number
  /** Origin under which callers reach the server; made from host and port when absent. */
  baseUrl: string | undefined
  dataDirectory: string
  databaseUrl: string | undefined
  migrationUrl: string | undefined
  /** Absent in development: the test identity provider is started. */
  issuer: string | undefined
  issuerPort: number
  audience: string
  /** What each portal is at the issuer. */
  portalClients: Record<PortalName, PortalClient>
  /** Record systems that open the clinician portal by SMART App Launch. */
  smartEhrs: readonly SmartEhr[]
  /** 32 bytes, base64. Absent in development: made and kept in the data directory. */
  sessionKey: string | undefined
  /** Ed25519 private key, PKCS#8 PEM or base64 DER. Absent in development: made and kept in the data directory. */
  logKey: string | undefined
  invalidNumbers: 'refuse' | 'flag'
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  /** Whether the technical log is sentences for a person at a terminal; JSON otherwise. */
  readableLog: boolean
  seed: boolean
  /** Whether the page with every state and piece of the screens is served. */
  gallery: boolean
  /** Telephone number or e-mail address of those who run the server, for the pages with help. */
  contact: string | undefined
  /** Proxies in front whose word about the caller's address is believed; none means that the peer is the caller. */
  proxies: readonly string[]
  /** Gateways that send notices to patients; absent where none is offered. */
  noticeGateways: { sms: string | undefined; email: string | undefined; token: string | undefined }
  /** Processes that share the port. */
  processes: number
  /** Requests a second one client may make for one organisation; twice as many at once. */
  clientRate: number
}

interface Variable {
  about: string
  /** What is wrong with a value, or undefined. */
  wrong: (value: string) => string | undefined
  requiredInProduction?: true
  /** Why production refuses a value. */
  refusedInProduction?: (value: string | undefined) => string | undefined
}

const oneOf =
  (...values: string[]) =>
  (value: string) =>
    values.includes(value) ? undefined : `is one of ${values.join(', ')}`
const url =
  (...protocols: string[]) =>
  (value: string) =>
    protocols.includes(URL.parse(value)?.protocol ?? '')
      ? undefined
      : `is an address that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`
const port = (value: string) =>
  /^\d{1,5}$/.test(value) && Number(value) < 65_536 ? undefined : 'is a port number from 0 to 65535; 0 takes any free port'
const anyText = (value: string) => (value.trim() ? undefined : 'may not be empty')
const origin = (value: string) =>
  url('http:', 'https:')(value) ??
  (URL.parse(value)?.origin === value ? undefined : 'is an origin such as https://helsevev.example, without path or slash at the end')

export const variables = {
  HELSEVEV_MODE: { about: 'development or production', wrong: oneOf('development', 'production') },
  HELSEVEV_HOST: { about: 'Address to listen on', wrong: anyText },
  HELSEVEV_PORT: { about: 'Port to listen on', wrong: port },
  HELSEVEV_BASE_URL: {
    about: 'Origin under which callers reach the server',
    wrong: origin,
    requiredInProduction: true,
    refusedInProduction: httpsOnly,
  },
  HELSEVEV_DATA: { about: 'Folder for the embedded database and generated keys', wrong: anyText },
  DATABASE_URL: {
    about: 'PostgreSQL to use instead of the embedded one',
    wrong: url('postgres:', 'postgresql:'),
    requiredInProduction: true,
  },
  DATABASE_MIGRATION_URL: { about: 'The same database as its owner, for migrations', wrong: url('postgres:', 'postgresql:') },
  HELSEVEV_ISSUER: {
    about: 'HelseID, or another issuer that follows its profile',
    wrong: origin,
    requiredInProduction: true,
    refusedInProduction: httpsOnly,
  },
  HELSEVEV_ISSUER_PORT: { about: 'Port of the test identity provider', wrong: port },
  HELSEVEV_AUDIENCE: { about: 'This API in the aud of access tokens', wrong: anyText },
  HELSEVEV_PORTAL_CLIENT_ID: { about: 'Client id of the clinician portal at the issuer', wrong: anyText },
  HELSEVEV_PORTAL_CLIENT_KEY: { about: 'Private JWK of that client', wrong: jwk, requiredInProduction: true },
  HELSEVEV_SMART_EHRS: {
    about: 'Record systems that open the clinician portal by SMART App Launch',
    wrong: smartEhrs,
    refusedInProduction: (value) =>
      value?.includes('"http:') ? 'has an iss that does not start with https://, which production needs' : undefined,
  },
  HELSEVEV_CITIZEN_CLIENT_ID: { about: 'Client id of the citizen portal at the issuer', wrong: anyText },
  HELSEVEV_CITIZEN_CLIENT_KEY: { about: 'Private JWK of that client', wrong: jwk },
  HELSEVEV_CONTROLLER_CLIENT_ID: { about: 'Client id of the controller portal at the issuer', wrong: anyText },
  HELSEVEV_CONTROLLER_CLIENT_KEY: { about: 'Private JWK of that client', wrong: jwk },
  HELSEVEV_SESSION_KEY: {
    about: 'Key that seals portal sessions',
    wrong: (value) =>
      Buffer.from(value, 'base64').length === 32 ? undefined : 'is 32 bytes in base64, as `openssl rand -base64 32` makes them',
    requiredInProduction: true,
  },
  HELSEVEV_LOG_KEY: { about: 'Key that signs checkpoints of the access log', wrong: ed25519, requiredInProduction: true },
  HELSEVEV_INVALID_IDENTITY_NUMBERS: {
    about: 'Whether numbers of wrong form are refused or flagged',
    wrong: oneOf('refuse', 'flag'),
    refusedInProduction: (value) => (value === 'flag' ? 'is refuse in production: a number of wrong form is nobody' : undefined),
  },
  HELSEVEV_LOG_LEVEL: { about: 'Level of the technical log', wrong: oneOf('debug', 'info', 'warn', 'error', 'silent') },
  HELSEVEV_SEED: {
    about: 'Whether made-up people are stored at first start',
    wrong: oneOf('true', 'false'),
    refusedInProduction: (value) => (value === 'true' ? 'is false in production: made-up people do not stand among real ones' : undefined),
  },
  HELSEVEV_CONTACT: { about: 'Telephone number or e-mail address on the pages with help', wrong: anyText },
  HELSEVEV_GALLERY: { about: 'Whether the page with every state of the screens is served', wrong: oneOf('true', 'false') },
  HELSEVEV_PROXIES: {
    about: 'Addresses of the proxies in front, whose X-Forwarded-For is believed',
    wrong: (value) =>
      value.split(',').every((one) => isIP(one.trim().replace(/\/\d{1,3}$/, '')) > 0)
        ? undefined
        : 'is a list of IP addresses or networks, such as 10.0.0.5,10.1.0.0/16',
  },
  HELSEVEV_SMS_GATEWAY: {
    about: 'Address to which notices to patients are posted as SMS',
    wrong: url('http:', 'https:'),
    refusedInProduction: httpsOnly,
  },
  HELSEVEV_EMAIL_GATEWAY: {
    about: 'Address to which notices to patients are posted as e-mail',
    wrong: url('http:', 'https:'),
    refusedInProduction: httpsOnly,
  },
  HELSEVEV_GATEWAY_TOKEN: { about: 'Bearer token for both gateways', wrong: anyText },
  HELSEVEV_PROCESSES: {
    about: 'Processes that share the port',
    wrong: (value) => (/^[1-9]\d?$/.test(value) ? undefined : 'is a whole number from 1 to 99'),
  },
  HELSEVEV_CLIENT_RATE: {
    about: 'Requests a second that one client may make for one organisation',
    wrong: (value) => (/^[1-9]\d{0,6}$/.test(value) ? undefined : 'is a whole number from 1'),
  },
} as const satisfies Record<string, Variable>

export type VariableName = keyof typeof variables

const MODE_MISSING =
  'HELSEVEV_MODE is missing. Set it to production for a database of real people, or to development for one of made-up people: ' +
  'DATABASE_URL does not say which.'

const ONE_TEST_ISSUER =
  'HELSEVEV_PROCESSES is greater than 1, and HELSEVEV_ISSUER is missing. The test identity provider is in one process: ' +
  'leave the first out, or name an issuer of your own.'

/** The environment, or one sentence per variable that is wrong or missing. Values are never repeated: some are secrets. */
export function parseEnvironment(source: Record<string, string | undefined>): Environment | { sentences: string[] } {
  const value = (name: VariableName) => source[name] || undefined
  const production = value('HELSEVEV_MODE') === 'production'
  const sentences = (Object.entries(variables) as [VariableName, Variable][]).flatMap(([name, variable]) =>
    faults(name, variable, value(name), production),
  )
  // A database of one's own may hold real people: which of the two it is, is stated and not assumed.
  if (value('DATABASE_URL') && !value('HELSEVEV_MODE')) sentences.push(MODE_MISSING)
  const processes = Number(value('HELSEVEV_PROCESSES') ?? (production ? availableParallelism() : 1))
  if (processes > 1 && !production && !value('HELSEVEV_ISSUER')) sentences.push(ONE_TEST_ISSUER)
  if (sentences.length > 0) return { sentences }
  return {
    mode: production ? 'production' : 'development',
    host: value('HELSEVEV_HOST') ?? 'localhost',
    port: Number(value('HELSEVEV_PORT') ?? 8080),
    baseUrl: value('HELSEVEV_BASE_URL'),
    dataDirectory: resolve(value('HELSEVEV_DATA') ?? '.data'),
    databaseUrl: value('DATABASE_URL'),
    migrationUrl: value('DATABASE_MIGRATION_URL'),
    issuer: value('HELSEVEV_ISSUER'),
    issuerPort: Number(value('HELSEVEV_ISSUER_PORT') ?? 8081),
    audience: value('HELSEVEV_AUDIENCE') ?? 'helsevev',
    portalClients: {
      clinician: { id: value('HELSEVEV_PORTAL_CLIENT_ID') ?? 'helsevev-clinician', key: value('HELSEVEV_PORTAL_CLIENT_KEY') },
      citizen: { id: value('HELSEVEV_CITIZEN_CLIENT_ID') ?? 'helsevev-citizen', key: value('HELSEVEV_CITIZEN_CLIENT_KEY') },
      controller: { id: value('HELSEVEV_CONTROLLER_CLIENT_ID') ?? 'helsevev-controller', key: value('HELSEVEV_CONTROLLER_CLIENT_KEY') },
    },
    smartEhrs: JSON.parse(value('HELSEVEV_SMART_EHRS') ?? '[]'),
    sessionKey: value('HELSEVEV_SESSION_KEY'),
    logKey: value('HELSEVEV_LOG_KEY'),
    invalidNumbers: (value('HELSEVEV_INVALID_IDENTITY_NUMBERS') ?? (production ? 'refuse' : 'flag')) as Environment['invalidNumbers'],
    logLevel: (value('HELSEVEV_LOG_LEVEL') ?? 'info') as Environment['logLevel'],
    readableLog: !production && value('HELSEVEV_LOG_LEVEL') === undefined,
    seed: (value('HELSEVEV_SEED') ?? (production ? 'false' : 'true')) === 'true',
    gallery: (value('HELSEVEV_GALLERY') ?? (production ? 'false' : 'true')) === 'true',
    contact: value('HELSEVEV_CONTACT') ?? (production ? undefined : '50 00 22 00 (oppdiktet)'),
    proxies: (value('HELSEVEV_PROXIES') ?? '')
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean),
    noticeGateways: {
      sms: value('HELSEVEV_SMS_GATEWAY'),
      email: value('HELSEVEV_EMAIL_GATEWAY'),
      token: value('HELSEVEV_GATEWAY_TOKEN'),
    },
    processes,
    clientRate: Number(value('HELSEVEV_CLIENT_RATE') ?? 1000),
  }
}

function faults(name: VariableName, variable: Variable, value: string | undefined, production: boolean): string[] {
  if (value === undefined)
    return production && variable.requiredInProduction ? [`${name} is missing. ${variable.about}; production has no default for it.`] : []
  const wrong = variable.wrong(value) ?? (production ? variable.refusedInProduction?.(value) : undefined)
  return wrong ? [`${name} ${wrong}.`] : []
}

function httpsOnly(value: string | undefined): string | undefined {
  return value?.startsWith('https:') ? undefined : 'starts with https:// in production'
}

function ed25519(value: string): string | undefined {
  try {
    const key = value.includes('BEGIN')
      ? createPrivateKey(value)
      : createPrivateKey({ key: Buffer.from(value, 'base64'), format: 'der', type: 'pkcs8' })
    return key.asymmetricKeyType === 'ed25519' ? undefined : 'is an Ed25519 key'
  } catch {
    return 'is an Ed25519 private key as PKCS#8 PEM or base64 DER, as `openssl genpkey -algorithm ed25519` makes it'
  }
}

function jwk(value: string): string | undefined {
  try {
    const key: unknown = JSON.parse(value)
    return typeof key === 'object' && key !== null && 'kty' in key && 'd' in key ? undefined : 'is a private JWK'
  } catch {
    return 'is a private JWK as JSON text'
  }
}

function smartEhrs(value: string): string | undefined {
  const form = 'iss an https address without a slash at the end (http on localhost), organization nine digits'
  const wrong = `is a JSON list of {"iss","clientId","organization","name"}: ${form}`
  try {
    const list: unknown = JSON.parse(value)
    return Array.isArray(list) && list.every(isSmartEhr) ? undefined : wrong
  } catch {
    return wrong
  }
}

function isSmartEhr(value: unknown): value is SmartEhr {
  const { iss, clientId, organization, name } = (value ?? {}) as Record<string, unknown>
  const address = typeof iss === 'string' && !iss.endsWith('/') ? URL.parse(iss) : null
  const safe = address?.protocol === 'https:' || (address?.protocol === 'http:' && address.hostname === 'localhost')
  const named = [clientId, name].every((text) => typeof text === 'string' && text.length > 0)
  return safe && !address?.search && !address?.hash && named && typeof organization === 'string' && /^\d{9}$/.test(organization)
}
