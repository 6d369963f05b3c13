/** Where messages and cures were read. */
export const custodian = 'custodian, VaspErrorHandler (e22cc885, 2026-06-02)'
export const custodianHandler = (name: string): string => `custodian, ${name} (e22cc885, 2026-06-02)`
export const vaspWiki = (page: string): string => `https://vasp.at/wiki/${page}`
export const survey = 'survey of 406 public OUTCARs, VASP 4.6 to 6.4'
