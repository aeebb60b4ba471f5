/** Who takes part in the measurement: the seeded organisations and agreements, and nurses of Bergen, one for each connection. */
import { startHelseIdTest, type TestPerson } from '@helsevev/helseid-test'
import { makeIdentityNumber } from '@helsevev/kernel/values/identity-number'
import { bergen, bodo, helseNord, helseVest, stavanger } from '@helsevev/server/seed/organizations'
import { world } from '@helsevev/server/seed/world'
import type { JWK } from 'jose'
import type { Sql } from 'postgres'

/** Nurses of this municipality look up, and its record system writes. */
export const reader = bergen

/** Homes and the hospitals people come to. The two of Bodø show half: Helse Nord is open to Bergen, Bodø is not. */
export const homes = [
  { share: 0.5, controllers: [bergen, helseVest] },
  { share: 0.3, controllers: [stavanger, helseVest] },
  { share: 0.2, controllers: [bodo, helseNord] },
] as const

export const controllers = [bergen, stavanger, bodo, helseVest, helseNord] as const

export const signInClient = 'helsevev-clinician'
export const redirectUri = 'http://127.0.0.1:1/callback'

export interface Issuer {
  issuer: string
  nurses: string[]
  privateKey(clientId: string): Promise<JWK>
  close(): Promise<void>
}

/** The test identity provider in this process, idle while anything is timed. Its tokens hold for the whole run. */
export async function startIssuer(dataDirectory: string, nurses: number): Promise<Issuer> {
  const seeded = world()
  const people = Array.from({ length: nurses }, (_, at) => nurse(at))
  const clients = seeded.clients.map((client) => (client.clientId === signInClient ? { ...client, redirectUris: [redirectUri] } : client))
  const started = await startHelseIdTest({
    world: { ...seeded, people, clients },
    dataDirectory,
    host: '127.0.0.1',
    port: 0,
    accessTokenSeconds: 4 * 60 * 60,
  })
  return { ...started, nurses: people.map(({ id }) => id) }
}

function hprNumber(at: number): string {
  return String(990_100_000 + at)
}

/** Into the register of health personnel; a folder that was loaded for fewer connections gets the rest. */
export async function storeNurses(sql: Sql, nurses: number): Promise<void> {
  const numbers = Array.from({ length: nurses }, (_, at) => hprNumber(at))
  await sql`insert into practitioner (hpr_number) select unnest(${numbers}::text[]) on conflict do nothing`
  await sql`
    insert into practitioner_authorization (hpr_number, code, valid_from)
    select hpr_number, 'SP', '2010-01-01Z' from unnest(${numbers}::text[]) as n (hpr_number)
    on conflict do nothing`
}

/** Nurse `at` of the measurement. */
export function nurse(at: number): TestPerson {
  const [givenName, familyName] = ['Mona', `Sykepleier${at + 1}`]
  return {
    id: `nurse-${at + 1}`,
    pid: makeIdentityNumber({ birthDate: '1985-07-01', offset: 65, series: at }),
    name: `${givenName} ${familyName}`,
    givenName,
    familyName,
    hprNumber: hprNumber(at),
    authorizations: ['SP'],
    role: 'sykepleier',
    employer: { number: reader.number, name: reader.name },
  }
}
