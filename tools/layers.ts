/**
 * The layers of the repository: which folder may import which. Read it downwards: each row may use what stands above it.
 * ARCHITECTURE.md#layers
 */
export const layers = {
  kernel: {
    uses: [],
    instead: 'The kernel knows no service, portal or server. Let the kernel declare the shape it needs, and the upper layer pass it in.',
  },
  ui: {
    uses: [],
    instead: 'ui holds pieces without domain. Pass the data in as properties.',
  },
  services: {
    uses: ['kernel', 'ui'],
    instead:
      'A service knows the kernel and ui only, never another service. Move what two services share to the kernel, or let the portal put them together.',
  },
  governance: {
    uses: ['kernel', 'ui'],
    instead: 'Governance reads through the kernel. Move what it shares with a service to the kernel.',
  },
  'portals/shared': {
    uses: ['kernel', 'ui'],
    instead: 'What all portals share knows none of them and no service. Let the portal pass in what differs.',
  },
  portals: {
    uses: ['kernel', 'ui', 'services', 'governance', 'portals/shared'],
    instead: 'A portal arranges the panels of services. Let server pass in what the portal needs from it.',
  },
  'vendor-kit': {
    uses: ['vendor-kit'],
    instead:
      'The vendor kit is what a vendor has: it speaks HTTP with the server. Send a request, or state the fact it needs in the kit itself.',
  },
  server: {
    uses: ['kernel', 'ui', 'services', 'governance', 'portals/shared', 'portals', 'vendor-kit'],
    instead: 'Nothing in the running system depends on tests, benchmarks or tools. Move the code down.',
  },
  e2e: {
    uses: ['kernel', 'ui', 'services', 'governance', 'portals/shared', 'portals', 'vendor-kit', 'server'],
    instead: 'e2e, bench and tools stand side by side. Move what they share to kernel/testing.',
  },
  bench: {
    uses: ['kernel', 'ui', 'services', 'governance', 'portals/shared', 'portals', 'vendor-kit', 'server'],
    instead: 'e2e, bench and tools stand side by side. Move what they share to kernel/testing.',
  },
  tools: {
    uses: ['kernel', 'ui', 'services', 'governance', 'portals/shared', 'portals', 'vendor-kit', 'server'],
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
