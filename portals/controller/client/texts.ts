/** Texts of the controller portal, from a table for each part. What is not here is common to all portals. */
import { texts } from '@helsevev/ui/texts.ts'
import { followTexts } from './texts/follow.ts'
import { frameTexts } from './texts/frame.ts'
import { refusedTexts } from './texts/refused.ts'
import { seeTexts } from './texts/see.ts'
import { sharingTexts } from './texts/sharing.ts'
import { steerTexts } from './texts/steer.ts'

declare module '@helsevev/ui/texts.ts' {
  interface Namespaces {
    controller: typeof controllerTexts
  }
}

export const controllerTexts = texts({
  ...frameTexts,
  ...sharingTexts,
  ...steerTexts,
  ...followTexts,
  ...seeTexts,
  ...refusedTexts,
})
