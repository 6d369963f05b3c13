import { didYouMean } from '../../../base/did-you-mean.ts'
import { incarTagKinds, knownIncarTags } from '../incar-tags-data.ts'
import type { LintRule } from './lint-rule.ts'

export const unknownTag: LintRule = {
  id: 'unknown-tag',
  severity: 'warning',
  why: 'VASP passes over a tag that it does not know, without a word.',
  source: 'https://vasp.at/wiki/INCAR',
  check: (inputs) =>
    // Nested groups (`CRPA/NTARGET_STATES`) are beyond this list.
    inputs.incar.entries
      .filter(({ tag }) => !incarTagKinds.has(tag) && !tag.includes('/'))
      .map(({ tag, line }) => {
        const near = didYouMean(tag, knownIncarTags)
        return {
          tag,
          line,
          message: `VASP knows no tag ${tag}${near === undefined ? '' : `; perhaps ${near} is meant`}.`,
        }
      }),
}
