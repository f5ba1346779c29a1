import type { ExportFormat } from '@/lib/api/contracts/exports';
import { AssayError } from '@/lib/errors';
import type { Project } from '@/lib/store/generated/client';

type WhereImagesAre = Pick<Project, 'isPrivate' | 'kind'>;

/** Whether an export is written in browsers: the folder of a private project, where its images are. Vectors of tables lie with the server. */
export function writesInBrowsers({ isPrivate, kind }: WhereImagesAre, format: ExportFormat): boolean {
  return isPrivate && kind === 'image' && format === 'folder';
}

/** What the server answers to who asks it for such a zip. */
export function writtenInBrowsers(): AssayError {
  return new AssayError('project.private', 'The images of this project stay in browsers: a browser that holds them writes the zip, and the server has none.', {
    hint: 'Open the exports of the project in that browser.',
  });
}

/**
 * Makes sure that a project can be exported in a format.
 * @throws AssayError `project.private` where the server would need images that stay in browsers, `request.invalid` where
 *   feature vectors would have to be images
 */
export function requireExportable({ isPrivate, kind }: WhereImagesAre, format: ExportFormat): void {
  if (kind === 'vector' && (format === 'coco' || format === 'fiftyone')) {
    throw new AssayError('request.invalid', 'This project holds feature vectors, and this format is made of images.', { hint: 'Choose the folder or a table.' });
  }
  if (isPrivate && kind === 'image' && (format === 'coco' || format === 'fiftyone' || format === 'report')) {
    throw new AssayError('project.private', 'The server would need the images for this format, and those of this project stay in browsers.', {
      hint: 'Choose the folder, which this browser writes, or a table.',
    });
  }
}
