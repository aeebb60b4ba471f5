import { startPortal } from '@helsevev/portal/client/start'
import { App } from './App.tsx'
import { texts } from './texts.ts'

await startPortal(<App />, texts)
