/** The thread on which `loadDefinitions` reads the definitions. */
import { parentPort, workerData } from 'node:worker_threads'
import { readDefinitions } from './definitions.ts'

parentPort?.postMessage(readDefinitions(workerData as string[]))
