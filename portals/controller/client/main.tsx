import { startPortal } from '@helsevev/portal/client/start'
import { App } from './App.tsx'
import { controllerTexts } from './texts.ts'

await startPortal(<App />, controllerTexts)
