/** The clinician portal's pages as a person uses them: by the words on the screen. For the test of the portal, and for pictures of it. */
import { world } from '@helsevev/server/seed/index'
import type { Browser, Locator, Page } from 'playwright-core'
import { type Lent, lendPage } from './lent-pages.ts'

const seeded = world()

/** The number that a made-up patient has now. */
export const numberOf = (id: string): string => seeded.patients.find((patient) => patient.id === id)?.identifiers.at(-1)?.value ?? ''

/** The name of a made-up patient. */
export function patientName(id: string): string {
  const patient = seeded.patients.find((candidate) => candidate.id === id)
  return patient ? `${patient.givenName} ${patient.familyName}` : ''
}

/** The name of a person who signs in. */
export const personName = (id: string): string => seeded.people.find((person) => person.id === id)?.name ?? ''

export interface Opened extends Lent {
  /** What the browser complained of; answers that say no are none of it. */
  errors: string[]
  /** Every address the browser asked for. */
  addresses: string[]
}

/** The portal in a browser that nobody has used before, with the clock of a Norwegian. */
export async function openPortal(
  browser: Browser,
  address: string,
  { width = 1440, height = 900, portal = 'clinician' } = {},
): Promise<Opened> {
  const { page, context } = await lendPage(browser, { width, height })
  page.setDefaultTimeout(8_000)
  const errors: string[] = []
  const addresses: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (403|404|422)/.test(message.text())) errors.push(message.text())
  })
  page.on('request', (request) => addresses.push(request.url()))
  // A test that signs in goes elsewhere at once, and the others wait for what they look for.
  await page.goto(`${address}/${portal}/`, { waitUntil: 'commit' })
  return { page, context, errors, addresses }
}

/** Where those work who tests sign in without saying where. */
const places: Record<string, string> = { 'nurse-bergen': 'Bergen legevakt' }

/**
 * Signs in and goes to the place of work. The requests go to the portal and the issuer without their pages, which takes half a second less
 * than `signInByHand`: tests of what comes after use this one.
 */
export async function signIn(page: Page, person: string, place = places[person]): Promise<void> {
  const { origin, pathname } = new URL(page.url())
  await signInByRequest(page, `${origin}/${pathname.split('/')[1]}`, person)
  if (place) await choosePlace(page, place)
}

/** The session of a test person in this browser, and the first page of the portal at `home`. */
export async function signInByRequest(page: Page, home: string, person: string): Promise<void> {
  const answer = await page.context().request.get(`${home}/login?as=${person}`)
  if (!answer.ok()) throw new Error(`${person} was not let in: ${answer.status()} from ${answer.url()}`)
  await page.goto(answer.url())
}

/** From the sign-in page, by way of the issuer, and back, to the place of work, as a person does it. */
export async function signInByHand(page: Page, person: string, place = places[person]): Promise<void> {
  const portal = new URL(page.url()).pathname.split('/')[1]
  await page.getByRole('link', { name: 'Logg inn med HelseID' }).click()
  await page.getByRole('button', { name: personName(person) }).click()
  await page.waitForURL(`**/${portal}/**`)
  if (place) await choosePlace(page, place)
}

/** The unit where the person works now. */
export async function choosePlace(page: Page, place: string): Promise<void> {
  await page.getByLabel('Enhet').selectOption({ label: place })
  await page.getByRole('button', { name: 'Fortsett' }).click()
  await page.getByRole('heading', { level: 1, name: 'Finn pasient' }).waitFor()
}

/** Types a number, chooses why, and asks for the patient. */
export async function find(page: Page, identityNumber: string, purpose = 'Behandling'): Promise<void> {
  await page.getByLabel('Fødselsnummer').fill(identityNumber)
  await page.getByRole('radio', { name: purpose, exact: true }).check()
  await page.getByRole('button', { name: 'Åpne pasienten' }).click()
}

/** Opens a made-up patient, and waits until every panel has answered. */
export async function openPatient(page: Page, id: string): Promise<void> {
  await find(page, numberOf(id))
  await page.getByRole('heading', { level: 1, name: patientName(id), exact: true }).waitFor()
  await panelsLoaded(page)
}

export async function panelsLoaded(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const panels = [...document.querySelectorAll('.panel')]
    return panels.length > 0 && panels.every((panel) => panel.getAttribute('aria-busy') === 'false')
  })
}

export async function closePatient(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Lukk pasienten' }).click()
  await page.getByRole('heading', { level: 1, name: 'Finn pasient' }).waitFor()
}

export const panel = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true })
