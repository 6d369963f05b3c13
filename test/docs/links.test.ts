import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commandList } from '../../src/cli/command-list.ts'
import { root } from './source-codes.ts'

const pages = [
  ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'templates/README.md', 'structures/README.md'],
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((name) => join('docs', name)),
].filter((name) => name.endsWith('.md') && existsSync(join(root, name)))

describe('relative links of README and docs', () => {
  it.each(pages)('in %s lead to files that exist', (page) => {
    const dead = linksOf(textOf(page)).filter(
      ({ path }) => path !== '' && !existsSync(join(root, dirname(page), path)),
    )

    expect(dead).toEqual([])
  })

  it.each(pages)('in %s lead to headings that exist', (page) => {
    const dead = linksOf(textOf(page)).filter(({ path, anchor }) => {
      const target = path === '' ? page : join(dirname(page), path)
      return (
        anchor !== '' &&
        target.endsWith('.md') &&
        existsSync(join(root, target)) &&
        !anchorsOf(textOf(target)).includes(anchor)
      )
    })

    expect(dead).toEqual([])
  })
})

describe('commands in README', () => {
  it('of the table exist', () => {
    const table = textOf('README.md')
      .split('\n')
      .filter((line) => line.startsWith('| `'))
    const named = table.flatMap((line) => /`(?:npx )?dopant ([a-z-]+)/.exec(line)?.[1] ?? [])

    expect(named.length).toBeGreaterThanOrEqual(5)
    expect(named.filter((name) => !commandList.some((command) => command.name === name))).toEqual([])
  })

  it('of npm exist', () => {
    const scripts = (JSON.parse(textOf('package.json')) as { scripts: Record<string, string> }).scripts
    const named = [...textOf('README.md').matchAll(/npm run ([a-z:]+)/g)].map(([, name = '']) => name)

    expect(named.filter((name) => !(name in scripts))).toEqual([])
  })
})

describe('commands in docs', () => {
  const known = commandList.map(({ name }) => name)

  it.each(pages)('that %s shows as code exist', (page) => {
    const code = [...textOf(page).matchAll(/```[a-z]*\n([\s\S]*?)```|`([^`\n]+)`/g)].map(
      ([, block, inline]) => block ?? inline ?? '',
    )
    const named = code.flatMap((text) =>
      [...text.matchAll(/^(?:\$ )?(?:npx )?dopant ([a-z][a-z-]*)/gm)].map(([, name = '']) => name),
    )

    expect(named.filter((name) => !known.includes(name))).toEqual([])
  })
})

interface Link {
  readonly path: string
  readonly anchor: string
}

function linksOf(text: string): readonly Link[] {
  return [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => ({ path: target.split('#')[0] ?? '', anchor: target.split('#')[1] ?? '' }))
}

function withoutCode(text: string): string {
  return text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '')
}

/** As forges make them: small letters, words joined by dashes, other signs left out. */
function anchorsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  )
}

function textOf(page: string): string {
  return readFileSync(join(root, page), 'utf8')
}
