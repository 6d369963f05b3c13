import type { CommandEntry } from './command.ts'

/** Every command; its code is loaded only when it is called. */
export const commandList: readonly CommandEntry[] = [
  {
    name: 'init',
    summary: 'make a folder a project, with an example that runs anywhere',
    load: async () => (await import('./commands/init.ts')).initCommand,
  },
  {
    name: 'plan',
    summary: 'show or write every calculation of a screen, without running it',
    load: async () => (await import('./commands/plan.ts')).planCommand,
  },
  {
    name: 'run',
    summary: 'plan, submit, wait with live progress and print the tables',
    load: async () => (await import('./commands/run.ts')).runCommand,
  },
  {
    name: 'submit',
    summary: 'plan a screen, submit what fits, and leave without waiting for results',
    load: async () => (await import('./commands/submit.ts')).submitCommand,
  },
  {
    name: 'serve',
    summary: 'run the engine with the dashboard: queue and results in the browser',
    load: async () => (await import('./commands/serve.ts')).serveCommand,
  },
  {
    name: 'worker',
    summary: 'do one kind of the engine’s work until it is stopped; needs DATABASE_URL, on any machine',
    load: async () => (await import('./commands/worker.ts')).workerCommand,
  },
  {
    name: 'status',
    summary: 'show where every calculation is',
    load: async () => (await import('./commands/status.ts')).statusCommand,
  },
  {
    name: 'watch',
    summary: 'follow every calculation in the terminal, with keys to find, look closer and act',
    load: async () => (await import('./commands/watch.ts')).watchCommand,
  },
  {
    name: 'show',
    summary: 'show one calculation: state, attempts, history and result',
    load: async () => (await import('./commands/show.ts')).showCommand,
  },
  {
    name: 'cancel',
    summary: 'end jobs, and let what has no job never start',
    load: async () => (await import('./commands/cancel.ts')).cancelCommand,
  },
  {
    name: 'retry',
    summary: 'let failed calculations try again',
    load: async () => (await import('./commands/retry.ts')).retryCommand,
  },
  {
    name: 'clean',
    summary: 'remove large files of a screen that nothing needs any more',
    load: async () => (await import('./commands/clean.ts')).cleanCommand,
  },
  {
    name: 'accept',
    summary: 'accept the pilot of a screen and let the rest run',
    load: async () => (await import('./commands/accept.ts')).acceptCommand,
  },
  {
    name: 'path',
    summary: 'print where the files of a calculation are: folder, or host:folder',
    load: async () => (await import('./commands/path.ts')).pathCommand,
  },
  {
    name: 'fetch',
    summary: 'bring files of a calculation here, verified',
    load: async () => (await import('./commands/fetch.ts')).fetchCommand,
  },
  {
    name: 'adopt',
    summary: 'show what was changed by hand in a calculation’s folder, and take it or leave it',
    load: async () => (await import('./commands/adopt.ts')).adoptCommand,
  },
  {
    name: 'pause',
    summary: 'hold calculations that have no job yet',
    load: async () => (await import('./commands/pause.ts')).pauseCommand,
  },
  {
    name: 'resume',
    summary: 'let held calculations go on',
    load: async () => (await import('./commands/resume.ts')).resumeCommand,
  },
  {
    name: 'priority',
    summary: 'say what starts first among everything that is ready',
    load: async () => (await import('./commands/priority.ts')).priorityCommand,
  },
  {
    name: 'store',
    summary: 'write the project’s whole store to a file, read one into an empty project, or clear up its kept files',
    load: async () => (await import('./commands/store.ts')).storeCommand,
  },
  {
    name: 'take-over',
    summary: 'make this copy of the project the one that drives its sites',
    load: async () => (await import('./commands/take-over.ts')).takeOverCommand,
  },
  {
    name: 'logs',
    summary: 'print the end of what VASP says in a calculation, or follow it',
    load: async () => (await import('./commands/logs.ts')).logsCommand,
  },
  {
    name: 'why',
    summary: 'tell in words what happened to a calculation, what was tried, and what to do next',
    load: async () => (await import('./commands/why.ts')).whyCommand,
  },
  {
    name: 'accept-correction',
    summary: 'give a correction that changes what energies mean to a whole series',
    load: async () => (await import('./commands/accept-correction.ts')).acceptCorrectionCommand,
  },
  {
    name: 'results',
    summary: 'print and save the tables of a screen',
    load: async () => (await import('./commands/results.ts')).resultsCommand,
  },
  {
    name: 'report',
    summary: 'write one HTML file with tables, figures, structures, methods and provenance',
    load: async () => (await import('./commands/report.ts')).reportCommand,
  },
  {
    name: 'export',
    summary: 'write structures, energies with forces, or an archive of a screen for others',
    load: async () => (await import('./commands/export.ts')).exportCommand,
  },
  {
    name: 'import',
    summary: 'take VASP runs that were made by hand into the tables of a screen',
    load: async () => (await import('./commands/import.ts')).importCommand,
  },
  {
    name: 'parse',
    summary: 'read VASP and Bader files',
    load: async () => (await import('./commands/parse.ts')).parseCommand,
  },
  {
    name: 'bader',
    summary: 'divide a charge density into atoms and write ACF.dat',
    load: async () => (await import('./commands/bader.ts')).baderCommand,
  },
  {
    name: 'lint',
    summary: 'find mistakes in VASP inputs',
    load: async () => (await import('./commands/lint.ts')).lintCommand,
  },
  {
    name: 'structure',
    summary: 'inspect, cut, dope and convert structures',
    load: async () => (await import('./commands/structure.ts')).structureCommand,
  },
  {
    name: 'mcp',
    summary: 'answer an assistant over the Model Context Protocol: screens, queue, results',
    load: async () => (await import('./commands/mcp.ts')).mcpCommand,
  },
  {
    name: 'site',
    summary: 'list, describe and check the places where VASP runs',
    load: async () => (await import('./commands/site.ts')).siteCommand,
  },
]
