import type { ProvenanceLink, Verified } from '../app/provenance/provenance-chain.ts'

/** One paragraph for each calculation of a chain, the asked one first. */
export function provenanceText(chain: readonly ProvenanceLink[]): string {
  return chain.map((link) => `${linkLines(link).join('\n')}\n`).join('\n')
}

function linkLines(link: ProvenanceLink): readonly string[] {
  const { id, reusedFrom, values, attempt, corrections, startsFrom } = link
  const read = values.map(({ value, file, output }) => `  ${value} ← ${file}${output === null ? '' : ` ${short(output.sha256)}, ${output.bytes} bytes${output.isKept ? '' : ', not kept'}`}`)
  const changed = corrections.map((each) => `  attempt ${each.attempt}: ${each.symptom} (${each.class}): ${each.reason}`)
  return [
    id,
    ...(reusedFrom === null ? [] : [`  reused from ${reusedFrom}: the same inputs`]),
    ...read,
    ...(attempt === null ? (reusedFrom === null ? ['  nothing was read yet'] : []) : attemptLines(attempt)),
    ...changed,
    ...originLines(link),
    ...(startsFrom === null ? ['  starts from the structure that the screen builds'] : [`  starts from ${startsFrom}`]),
  ]
}

function attemptLines({ attempt, site, nativeId, remoteFolder, endedAt, inputSha256, adopted }: NonNullable<ProvenanceLink['attempt']>): readonly string[] {
  const sent = Object.entries(inputSha256 ?? {}).map(([name, sha256]) => `${name} ${short(sha256)}`)
  const byHand = Object.entries(adopted?.inputSha256 ?? {}).map(([name, sha256]) => `${name} ${short(sha256)}`)
  return [
    `  attempt ${attempt} on ${site}, job ${nativeId ?? 'unknown'}, ended ${endedAt ?? 'unknown'}, in ${remoteFolder ?? 'no folder'}`,
    ...(sent.length === 0 ? [] : [`  sent ${sent.join(', ')}`]),
    ...(byHand.length === 0 ? [] : [`  edited by hand: ${byHand.join(', ')}`]),
    ...(adopted?.isRerun === true ? [`  run again by hand, adopted ${adopted.at.slice(0, 10)}`] : []),
  ]
}

function originLines({ origin }: ProvenanceLink): readonly string[] {
  if (origin === null) return []
  const { dopantVersion, vaspVersion, method, templates } = origin
  const made = Object.entries(templates).map(([name, sha256]) => `${name} ${short(sha256)}`)
  const program = method === 'rehearsal' ? 'the rehearsal' : `VASP ${vaspVersion}`
  return [`  made by dopant ${dopantVersion} for ${program}${made.length === 0 ? '' : `, from ${made.join(', ')}`}`]
}

/** One line for each file that is not what it was, then the sum. */
export function verifiedText(files: readonly Verified[]): string {
  const bad = files.filter(({ answer }) => answer !== 'whole').map(({ id, name, sha256, answer }) => `${id} ${name}: ${answer} (${sha256})`)
  return [...bad, `${files.length - bad.length} of ${files.length} kept files are what their checksums say.`, ''].join('\n')
}

function short(sha256: string): string {
  return sha256.slice(0, 12)
}
