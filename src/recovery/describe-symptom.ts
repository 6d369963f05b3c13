import type { Symptom, Weight } from './symptom.ts'

const weightWords: Readonly<Record<Weight, string>> = {
  cause: 'cause',
  ending: 'ending',
  suspect: 'suspect: only when the run did not end well and nothing fatal explains it',
  fallback: 'fallback: only when nothing says why',
  label: 'label: the run is kept',
}

/** A symptom as `docs/recovery.md` lists it. */
export function describeSymptom(symptom: Symptom): string {
  return [
    `### ${symptom.name}`,
    '',
    `- Message: ${symptom.message.length === 0 ? 'of the batch system only' : symptom.message.map((text) => `\`${text}\``).join(' · ')}`,
    `- Cause: ${symptom.cause}`,
    `- Cure: ${symptom.cure}`,
    `- Class: ${classWords(symptom)}`,
    `- Weight: ${weightWords[symptom.weight]}`,
    `- Left to a person: ${symptom.advice}`,
    `- Source: ${symptom.source}`,
    '',
  ].join('\n')
}

function classWords({ ladder, weight }: Symptom): string {
  const classes = new Set(ladder.map((rung) => rung.class))
  if (classes.size === 0) return weight === 'label' ? 'none, it is no failure' : 'none, a person is needed'
  if (classes.size === 2) return 'numerics, then comparability by consent'
  return classes.has('comparability') ? 'comparability, by consent' : 'numerics'
}

/** All symptoms as one table: name, cause, cure, class and source. */
export function symptomTable(symptoms: readonly Symptom[]): string {
  const cell = (text: string): string => text.replaceAll('|', '\\|')
  const rows = symptoms.map((symptom) => {
    const { name, cause, cure, source } = symptom
    return `| [\`${name}\`](recovery.md#${name}) | ${cell(cause)} | ${cell(cure)} | ${classWords(symptom)} | ${cell(source)} |`
  })
  return ['| Symptom | Cause | Cure | Class | Source |', '|---|---|---|---|---|', ...rows, ''].join('\n')
}
