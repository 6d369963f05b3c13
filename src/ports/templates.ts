/** Text with holes. A template decides nothing beyond «is it there»; decisions are made before, where a test can see them. */
export interface Templates {
  /** @param name path below `templates/`, for instance `vasp/INCAR.relax.hbs` */
  render(name: string, values: Readonly<Record<string, unknown>>): Promise<string>
  /** sha256 of a template with all of its parts. */
  digest?(name: string): Promise<string>
}
