import { fromContcar } from '../../changes.ts'
import { schedulerSymptom } from '../../scheduler-symptom.ts'

export const nodeFailure = schedulerSymptom({
  name: 'node_failure',
  message: [
    'DUE TO NODE FAILURE',
    'Node failure',
    'Bus error',
    'ORTE has lost communication with a remote daemon',
    'Stale file handle',
    'Input/output error',
  ],
  patterns: [
    /Communication connection failure/i,
    /transport retry counter exceeded/i,
    /uncorrectable (ecc|memory) error/i,
  ],
  reasons: [/^NODE_FAIL/i, /^BOOT_FAIL/i, /TERM_REQUEUE_ADMIN/, /TERM_EXTERNAL_SIGNAL.*host/i],
  cause: 'A node, its network or its file system went down.',
  cure: 'Same inputs, from CONTCAR where it is sound; three times. Without the nodes that failed, where the batch system can be told so (Slurm, LSF, Grid Engine).',
  advice: 'Report the node to the site.',
  source: 'states and messages of Slurm and LSF, Open MPI, UCX',
  ladder: [
    {
      class: 'numerics',
      reason: 'Nothing is wrong with the calculation.',
      cap: 3,
      changes: () => [fromContcar, { kind: 'avoid-nodes' }],
    },
  ],
})
