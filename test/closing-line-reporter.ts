import type { Reporter, TestCase, TestModule } from 'vitest/node'

/**
 * Ends the run with what was skipped and why, what passed only when it was tried again, and with one line that people and
 * scripts can read: `N passed, N failed, N skipped`.
 *
 * A reason stands in a title, `… (skipped: REASON)`, or is printed as a line `skipped: REASON`.
 */
export class ClosingLineReporter implements Reporter {
  private readonly printed = new Set<string>()

  onUserConsoleLog({ content }: { readonly content: string }): void {
    for (const [, reason = ''] of content.matchAll(/^skipped: (.*)$/gm)) this.printed.add(reason.trim())
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const counts = { passed: 0, failed: errors.length, skipped: 0 }
    const reasons = new Map<string, number>([...this.printed].map((reason) => [reason, 0]))
    const unsteady: string[] = []
    for (const module of modules) {
      if (module.errors().length > 0) counts.failed += 1
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        if (state !== 'pending') counts[state] += 1
        if (test.diagnostic()?.flaky === true) unsteady.push(`${module.relativeModuleId}: ${test.fullName}`)
        if (state !== 'skipped') continue
        const reason = reasonOf(test) ?? `no reason given in ${module.relativeModuleId}`
        reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
      }
    }
    process.stdout.write(`\n${skippedLines(reasons)}${unsteadyLines(unsteady)}`)
    process.stdout.write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`)
  }
}

/** Of the test or of the suite around it. */
function reasonOf(test: TestCase): string | undefined {
  return /\(skipped: ([^>]*)\)(?: >|$)/.exec(test.fullName)?.[1]
}

function skippedLines(reasons: ReadonlyMap<string, number>): string {
  if (reasons.size === 0) return ''
  const lines = [...reasons].map(([reason, count]) => `  ${count === 0 ? '' : `${count} × `}${reason}`)
  const cure = [...reasons.keys()].some((reason) => /not installed|no .* is installed|--install/.test(reason))
    ? ['To install what is missing and run everything: npm test -- --install (`--plan` only lists what it would change)']
    : []
  return `${['Skipped:', ...lines, ...cure].join('\n')}\n`
}

/** Real servers and processes on a busy machine may be late once; what needs it often is a fault to be found. */
function unsteadyLines(names: readonly string[]): string {
  return names.length === 0 ? '' : `${['Passed only when tried again:', ...names.map((name) => `  ${name}`)].join('\n')}\n`
}
