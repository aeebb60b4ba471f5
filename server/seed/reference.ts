/** The seeded world into the database: registers, agreements and people. Running it again changes nothing. */
import { createIds } from '@helsevev/kernel/store/ids'
import type { Sql } from 'postgres'
import { seedAccess } from './store-access.ts'
import { seedPeople } from './store-people.ts'
import { seedOrganizations, seedPopulations, seedStaff } from './store-registers.ts'
import { type SeedWorld, world } from './world.ts'

export async function seedReference(sql: Sql, seeded: SeedWorld = world()): Promise<void> {
  await sql.begin(async (transaction) => {
    const tx = transaction as unknown as Sql
    await seedOrganizations(tx, seeded)
    await seedPopulations(tx)
    await seedAccess(tx, seeded)
  })
  const ids = createIds(() => new Date())
  const keys = await seedPeople(sql, ids, seeded)
  await seedStaff(sql, seeded, keys)
}
