'use client';

import { FileArchive, FolderUp, ImageUp, Images } from 'lucide-react';
import Link from 'next/link';
import { useIsPrivate } from '../private/private-project';
import { Button, buttonClass } from '../ui/button';
import { EmptyState } from '../ui/empty-state';

const example = `my-object/
  train/good/           normals
  test/crack/           real anomalies, type "crack"
  auxiliary/            synthetic, to be judged
  auxiliary/realistic/  synthetic, quality known`;

/** Nothing yet: where to drop, what to bring, how folders are read. */
export function NoSamples({ mayAdd, pickFiles, pickFolder, pickZip }: { mayAdd: boolean; pickFiles: () => void; pickFolder: () => void; pickZip: () => void }) {
  const isPrivate = useIsPrivate();
  if (!mayAdd) {
    return (
      <EmptyState
        icon={ImageUp}
        title="No samples yet"
        action={
          <Link href="/" className={buttonClass('primary')}>
            Other projects
          </Link>
        }
      >
        A lead of this project adds them. They appear here as they come in.
      </EmptyState>
    );
  }
  return (
    <div className="mx-6 mb-6 flex flex-1 flex-col items-center justify-center gap-5 rounded-lg border border-dashed border-line-strong px-6 py-10 max-md:mx-4">
      <ImageUp aria-hidden className="size-7 text-faint" strokeWidth={1.5} />
      <div className="text-center">
        <p className="text-lead font-medium">Drop folders, images or a zip anywhere on this page</p>
        <p className="text-muted">PNG, JPEG, WebP, BMP, TIFF. A metadata.csv or metadata.jsonl beside them may tell role, generator, prompt and more.</p>
        {isPrivate ? <p className="text-muted">They stay in this browser; no image is sent.</p> : <p className="text-muted">Or feature vectors instead of images: .npz, .npy, CSV or Parquet, with columns role or label where they are known.</p>}
      </div>
      <div className="flex flex-wrap justify-center gap-2">
        <Button variant="primary" icon={FolderUp} onClick={pickFolder}>
          Choose a folder
        </Button>
        <Button icon={Images} onClick={pickFiles}>
          Files
        </Button>
        <Button icon={FileArchive} onClick={pickZip}>
          Zip
        </Button>
      </div>
      <div className="max-w-full text-small text-muted">
        <p className="mb-1">Roles are proposed from folder names, and you can change them:</p>
        <pre className="overflow-x-auto font-mono text-tiny leading-5">{example}</pre>
      </div>
    </div>
  );
}
