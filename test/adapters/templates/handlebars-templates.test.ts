import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { handlebarsTemplates } from '../../../src/adapters/templates/handlebars-templates.ts'
import {
  TemplateMissingError,
  TemplateSyntaxError,
  TemplateValueError,
} from '../../../src/adapters/templates/template-errors.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dopant-templates-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('handlebarsTemplates', () => {
  it('takes the first folder that has the file', async () => {
    put('mine/vasp/KPOINTS.hbs', 'mine {{mesh}}')
    put('theirs/vasp/KPOINTS.hbs', 'theirs {{mesh}}')
    put('theirs/vasp/INCAR.hbs', 'theirs')
    const templates = handlebarsTemplates({ folders: [join(folder, 'mine'), join(folder, 'theirs')] })

    expect(await templates.render('vasp/KPOINTS.hbs', { mesh: '3 3 1' })).toBe('mine 3 3 1')
    expect(await templates.render('vasp/INCAR.hbs', {})).toBe('theirs')
  })

  it('leaves <, & and quotes as they are', async () => {
    put('a.hbs', '{{text}}')

    expect(await templatesHere().render('a.hbs', { text: `<a & "b">'` })).toBe(`<a & "b">'`)
  })

  it('finds partials of partials, and a user may replace one of them', async () => {
    put('theirs/a.hbs', '{{> parts/b}}')
    put('theirs/parts/b.hbs', '[{{#each list}}{{> parts/c this}}{{/each}}]')
    put('theirs/parts/c.hbs', 'theirs')
    put('mine/parts/c.hbs', '{{name}};')
    const templates = handlebarsTemplates({ folders: [join(folder, 'mine'), join(folder, 'theirs')] })

    expect(await templates.render('a.hbs', { list: [{ name: 'x' }, { name: 'y' }] })).toBe('[x;y;]')
  })

  it('names template, line and value when a value is missing', async () => {
    put('a.hbs', 'first\n{{ENCUT}} {{ENCUTT}}')
    const failure = templatesHere().render('a.hbs', { ENCUT: 520 })

    await expect(failure).rejects.toThrow(TemplateValueError)
    await expect(failure).rejects.toMatchObject({ template: 'a.hbs', line: 2, missing: 'ENCUTT' })
  })

  it('refuses an unclosed block, a template that is not there, and a path that climbs out', async () => {
    put('a.hbs', '{{#if x}}')

    await expect(templatesHere().render('a.hbs', {})).rejects.toThrow(TemplateSyntaxError)
    await expect(templatesHere().render('b.hbs', {})).rejects.toThrow(TemplateMissingError)
    await expect(templatesHere().render('../b.hbs', {})).rejects.toThrow(TemplateMissingError)
  })

  it('finds a template that was put right after a failure', async () => {
    const templates = templatesHere()
    await expect(templates.render('a.hbs', {})).rejects.toThrow(TemplateMissingError)
    put('a.hbs', 'now')

    expect(await templates.render('a.hbs', {})).toBe('now')
  })
})

describe('our templates for VASP', () => {
  const vasp = resolve(import.meta.dirname, '../../../templates/vasp')

  it('begin with a comment that lists their values', () => {
    for (const name of readdirSync(vasp).filter((file) => file.endsWith('.hbs'))) {
      expect(readFileSync(join(vasp, name), 'utf8'), name).toMatch(/^\{\{!--/)
    }
  })
})

function templatesHere() {
  return handlebarsTemplates({ folders: [folder] })
}

function put(path: string, content: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), content)
}
