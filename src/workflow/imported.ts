/** The site of calculations that nobody submitted: their runs were made by hand and lie on this machine. */
export const importedSite = 'imported'

/** Where a candidate comes from that was imported: folder by step. */
export type ImportedFrom = Readonly<Record<string, string>>
