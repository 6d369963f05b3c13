import { messageSymptom } from '../../message-symptom.ts'

export const moduleError = messageSymptom({
  name: 'module_error',
  message: [
    'command not found',
    'error while loading shared libraries',
    'Unable to locate a modulefile',
    'Lmod has detected the following error',
    'execvp error on file',
    'execve():',
  ],
  patterns: [/module: (command )?not found/i, /exec(ve|vp)?\b.*No such file or directory/i],
  unless: (run) => (run.outcar?.ionicSteps.length ?? 0) > 0,
  cause:
    'The program or its libraries are not there: a module is missing, was renamed, or is not loaded in jobs.',
  cure: 'None: the prologue of the site must load what VASP needs.',
  advice: 'Correct the prologue of the site and prove it with `dopant site check`.',
  source: 'messages of bash, ld.so, Lmod, Environment Modules, Hydra and srun',
  weight: 'ending',
})
