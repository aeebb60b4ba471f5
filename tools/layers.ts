/** What the topmost layers may use. */
const below = [
  'cluster',
  'kernel',
  'clinical',
  'ui',
  'panel',
  'services',
  'governance',
  'portals/shared',
  'portals',
  'portals/gallery',
] as const

/**
 * The layers of the repository: which folder may import which. Read it downwards: each row may use what stands above it.
 * ARCHITECTURE.md#layers
 */
export const layers = {
  cluster: {
    uses: [],
    instead: 'The cluster runs PostgreSQL and knows nothing of what is stored in it. Let the caller pass in what it needs.',
  },
  kernel: {
    uses: ['cluster'],
    instead: 'The kernel knows no service, portal or server. Let the kernel declare the shape it needs, and the upper layer pass it in.',
  },
  clinical: {
    uses: ['kernel'],
    instead: 'clinical holds what several services know of codes, units and scores. What one service alone knows stays in the service.',
  },
  ui: {
    uses: [],
    instead: 'ui holds pieces without domain. Pass the data in as properties.',
  },
  panel: {
    uses: ['ui'],
    instead: 'panel knows what the panel of any service is, and no service. Let the service pass in what it shows.',
  },
  services: {
    uses: ['kernel', 'clinical', 'ui', 'panel'],
    instead:
      'A service knows kernel, clinical, ui and panel, and no other service. Move what two share to clinical, or let the portal join them.',
  },
  governance: {
    uses: ['kernel'],
    instead: 'governance knows bodies, cases and costs, and no patient. Let server pass in what it needs of services.',
  },
  'portals/shared': {
    uses: ['kernel', 'ui', 'panel'],
    instead: 'What all portals share knows none of them and no service. Let the portal pass in what differs.',
  },
  portals: {
    uses: ['kernel', 'clinical', 'ui', 'panel', 'services', 'portals/shared'],
    instead: 'A portal arranges the panels of services. Let server pass in what the portal needs from it.',
  },
  'portals/gallery': {
    uses: ['kernel', 'clinical', 'ui', 'panel', 'services', 'portals/shared', 'portals'],
    instead: 'The gallery shows the pieces of the portals, and nothing uses it but the server.',
  },
  'vendor-kit': {
    uses: ['vendor-kit'],
    instead:
      'The vendor kit is what a vendor has: it speaks HTTP with the server. Send a request, or state the fact it needs in the kit itself.',
  },
  server: {
    uses: [...below, 'vendor-kit'],
    instead: 'Nothing in the running system depends on tests, benchmarks or tools. Move the code down.',
  },
  e2e: {
    uses: [...below, 'vendor-kit', 'server'],
    instead: 'e2e, bench and tools stand side by side. Move what they share to kernel/testing.',
  },
  bench: {
    uses: [...below, 'vendor-kit', 'server'],
    instead: 'e2e, bench and tools stand side by side. Move what they share to kernel/testing.',
  },
  tools: {
    uses: [...below, 'vendor-kit', 'server'],
    instead: 'e2e, bench and tools stand side by side. Move what they share to kernel/testing.',
  },
} as const satisfies Record<string, { uses: readonly string[]; instead: string }>

export type Layer = keyof typeof layers

/** The layer of a path from the root, such as `services` for `services/news2/service.ts`. A folder inside may be a layer of its own. */
export function layerOf(path: string): Layer | undefined {
  const [first = '', second = ''] = path.split('/')
  return [`${first}/${second}`, first].find((folder): folder is Layer => Object.hasOwn(layers, folder))
}

/** Whether a package in the first layer may import another package in the second. */
export function mayUse(from: Layer, to: Layer): boolean {
  const uses: readonly Layer[] = layers[from].uses
  return uses.includes(to)
}

/** What is for tests lies in a folder `testing` of its package, or in a module `testing.ts` of the folder that it serves. */
export function isForTests(path: string): boolean {
  return /(?:^|\/)testing(?:\/|\.tsx?$)/.test(path)
}

/** The layers that the running system does not use. They take from `testing` what they share with tests. */
const outside: readonly (Layer | undefined)[] = ['e2e', 'bench', 'tools']

/** Whether a module is part of the running system: neither a test, nor for tests, nor a measurement or a tool. */
export function isProduction(file: string): boolean {
  return !/\.test\.tsx?$/.test(file) && !isForTests(file) && !outside.includes(layerOf(file))
}

/** The one module of the running system that may start a cluster, where the environment names no database. */
export const startsCluster = 'server/database.ts'

/**
 * The rooms of the kernel, floor by floor: which folder in `kernel/` may import which. A room uses itself and what its row names; tests use
 * everything. docs/decisions/0034-rooms-in-the-kernel.md
 */
const ground = ['values', 'wire', 'problem', 'codes', 'units', 'log'] as const
const toAudit = [...ground, 'store', 'identity', 'audit'] as const

export const rooms = {
  values: {
    uses: [],
    instead: 'values holds pure functions on texts, dates and numbers, and knows nothing of the kernel. Pass in what it needs.',
  },
  wire: { uses: [], instead: 'wire states routes, and browsers load it. Pass in what it needs.' },
  problem: { uses: ['values'], instead: 'problem is on the ground floor. Let the caller put the words together.' },
  codes: { uses: ['values'], instead: 'codes is on the ground floor: tables of code systems and look-ups in them. Pass in what it needs.' },
  units: { uses: ['values'], instead: 'units is on the ground floor. Pass in what it needs.' },
  log: { uses: ['values'], instead: 'log is on the ground floor: lines of the technical log. Pass in what it needs.' },
  store: {
    uses: ground,
    instead:
      'store knows of a decision only what store/visibility.ts holds. Add the field there, or move the statement to the area it serves.',
  },
  identity: {
    uses: [...ground, 'store'],
    instead:
      'identity establishes who calls and what is attested, and decides nothing. Move the rule to access, or the shared type to identity.',
  },
  audit: {
    uses: [...ground, 'store', 'identity'],
    instead: 'audit appends to the log and verifies it. What asks questions of the log belongs in kernel/areas.',
  },
  access: {
    uses: toAudit,
    instead: 'access decides on a request and facts, and knows no FHIR. Put what it needs to know into Area (access/area.ts) or Facts.',
  },
  fhir: {
    uses: [...toAudit, 'access'],
    instead: 'fhir serves information services and knows no area. Let the area pass a function in, as kernel/areas/after-access.ts does.',
  },
  areas: {
    uses: [...toAudit, 'access', 'fhir'],
    instead: 'An area knows neither HTTP nor the control API. Let its routes.ts state rows that http reads.',
  },
  http: {
    uses: [...toAudit, 'access', 'fhir', 'areas'],
    instead: 'http serves rows and knows no API of data controllers. Move what they share to http.',
  },
  control: {
    uses: [...toAudit, 'access', 'fhir', 'areas', 'http'],
    instead: 'control uses every room but testing.',
  },
  testing: {
    uses: [...toAudit, 'access', 'fhir', 'areas', 'http', 'control'],
    instead: 'testing is for tests alone.',
  },
} as const satisfies Record<string, { uses: readonly string[]; instead: string }>

export type Room = keyof typeof rooms

/** The room of a path from the root, such as `store` for `kernel/store/ids.ts`; undefined outside the rooms. */
export function roomOf(path: string): Room | undefined {
  const [first, second = ''] = path.split('/')
  return first === 'kernel' && Object.hasOwn(rooms, second) ? (second as Room) : undefined
}

/** Whether a module in the first room may import one in the second. */
export function mayEnter(from: Room, to: Room): boolean {
  const uses: readonly string[] = rooms[from].uses
  return from === to || uses.includes(to)
}
