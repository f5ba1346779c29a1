'use client';

import { OctagonAlert, RotateCw } from 'lucide-react';
import type { UploadFile } from '@/lib/api/contracts/uploads';
import { Button } from '../ui/button';

type RefusedFile = Pick<UploadFile, 'id' | 'path' | 'errorCode' | 'errorMessage'>;

/** Files that the server refused, each with its reason. */
export function RefusedFiles({ files, onRetry, busyId }: { files: readonly RefusedFile[]; onRetry?: (file: RefusedFile) => void; busyId?: string | null }) {
  return (
    <ul className="divide-y divide-line">
      {files.map((file) => (
        <li key={file.id} className="flex items-start gap-2 py-2">
          <OctagonAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />
          <div className="min-w-0 flex-1">
            <p className="font-medium break-all">{file.path}</p>
            <p className="text-muted">{file.errorMessage ?? 'No reason was given.'}</p>
            {file.errorCode !== null && <p className="font-mono text-tiny text-faint">{file.errorCode}</p>}
          </div>
          {onRetry !== undefined && (
            <Button size="sm" icon={RotateCw} busy={busyId === file.id} onClick={() => onRetry(file)}>
              Try again
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
