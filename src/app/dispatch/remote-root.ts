import type { Site } from '../../ports/site.ts'

/**
 * The project's own folder on a site: two projects may use one work folder and call their screens the same.
 *
 * @param projectId the store's own name
 */
export function remoteRoot({ workFolder, isProjectsOwn }: Site, projectId: string): string {
  return isProjectsOwn === true ? workFolder : `${workFolder}/dopant-${projectId.slice(0, 12)}`
}
