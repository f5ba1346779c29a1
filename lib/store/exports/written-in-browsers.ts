import { AssayError } from '@/lib/errors';
import type { Project } from '@/lib/store/generated/client';

/** Whether the zips of a project are written in browsers: where its images are. Vectors of tables lie with the server. */
export function writesInBrowsers({ isPrivate, kind }: Pick<Project, 'isPrivate' | 'kind'>): boolean {
  return isPrivate && kind === 'image';
}

/** What the server answers to who asks it for such a zip. */
export function writtenInBrowsers(): AssayError {
  return new AssayError('project.private', 'The images of this project stay in browsers: a browser that holds them writes the zip, and the server has none.', {
    hint: 'Open the exports of the project in that browser.',
  });
}
