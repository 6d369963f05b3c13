import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Where files wait for servers and processes, the longest first: begun last, one of them would keep everybody waiting for it alone. */
const long = ['test/integration/beds/', 'test/integration/', 'test/app/engine/', 'test/web/', 'test/cli/', 'test/adapters/']

/** The order in which test files begin. */
export class LongOnesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = await super.sort(files)
    return usual.toSorted((a, b) => rank(a) - rank(b))
  }
}

function rank({ moduleId }: TestSpecification): number {
  const found = long.findIndex((folder) => moduleId.includes(`/${folder}`))
  return found === -1 ? long.length : found
}
