import { existsSync } from 'node:fs'

/**
 * Loads an entry of the program: the TypeScript sources in a checkout, the built files in an installed package.
 *
 * @param {string} entry path below src/, without ending
 */
export async function startEntry(entry) {
  const source = new URL(`../src/${entry}.ts`, import.meta.url)
  if (!existsSync(source)) return import(new URL(`../dist/src/${entry}.js`, import.meta.url).href)
  const { register } = await import('tsx/esm/api')
  register()
  return import(source.href)
}
