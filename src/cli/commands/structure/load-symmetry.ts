// Straight from its adapter: compose.ts would load the store and the queues as well, a second for every small command.
export { loadSymmetryEngine } from '../../../adapters/symmetry/moyo-from-package.ts'
