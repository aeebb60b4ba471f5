/** A profile as a published StructureDefinition with a differential, for the validators of vendors. */
import type { ElementDefinition, StructureDefinition } from '@medplum/fhirtypes'
import type { ElementRule, Profile } from './profile.ts'

export function structureDefinition(profile: Profile): StructureDefinition {
  return {
    resourceType: 'StructureDefinition',
    id: profile.name,
    url: profile.url,
    name: profile.name.replaceAll('-', '_'),
    title: profile.title,
    ...(profile.aliases?.length ? { description: `In meta.profile also named ${profile.aliases.join(', ')}.` } : {}),
    status: 'active',
    fhirVersion: '4.0.1',
    kind: 'resource',
    abstract: false,
    type: profile.type,
    baseDefinition: `http://hl7.org/fhir/StructureDefinition/${profile.type}`,
    derivation: 'constraint',
    differential: {
      element: [{ id: profile.type, path: profile.type }, ...knownExtensions(profile), ...profile.elements.map(elementDefinition)],
    },
  }
}

function knownExtensions({ type, extensions = [] }: Profile): ElementDefinition[] {
  if (extensions.length === 0) return []
  return [{ id: `${type}.extension`, path: `${type}.extension`, comment: `Read here: ${extensions.join(', ')}. Others are kept as sent.` }]
}

function elementDefinition(rule: ElementRule): ElementDefinition {
  const comment = [rule.why, ...(rule.codes ?? []).map((set) => `One of ${set.codes.join(', ') || 'the codes'} of ${set.system}.`)]
    .filter(Boolean)
    .join(' ')
  return {
    id: rule.path,
    path: rule.path,
    ...(rule.min === undefined ? {} : { min: rule.min }),
    ...(rule.max === undefined ? {} : { max: rule.max }),
    ...(rule.types ? { type: rule.types.map((code) => ({ code })) } : {}),
    ...(comment ? { comment } : {}),
  }
}
