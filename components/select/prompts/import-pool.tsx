'use client';

import { FileUp } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from '../../ui/button';
import { ProblemNote } from '../../ui/problem';

type Imported = { name: string; format: 'csv' | 'json'; text: string };
type ImportPoolProps = { busy: boolean; error: Error | null; onImport: (pool: Imported) => void };

const MAX_BYTES = 2_000_000;

/** Makes a pool of a file: CSV (two columns, or named normal and anomalous) or JSON (a list of pairs). The file's name becomes the pool's. */
export function ImportPool({ busy, error, onImport }: ImportPoolProps) {
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const read = async (file: File) => {
    const [, stem = '', ending = ''] = /^(.*)\.([^.]+)$/.exec(file.name) ?? [];
    const format = ending.toLowerCase();
    if (format !== 'csv' && format !== 'json') return setProblem(`${file.name} is neither .csv nor .json.`);
    if (file.size > MAX_BYTES) return setProblem(`${file.name} is larger than 2 MB.`);
    setProblem(null);
    onImport({ name: stem.trim().slice(0, 80) || 'Imported pool', format, text: await file.text() });
  };
  return (
    <div className="flex min-w-0 flex-1 flex-col items-start gap-2">
      <Button icon={FileUp} busy={busy} onClick={() => input.current?.click()}>
        Import CSV or JSON
      </Button>
      <input
        ref={input}
        type="file"
        accept=".csv,.json"
        aria-label="File with pairs of prompts"
        className="hidden"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file !== undefined) void read(file);
        }}
      />
      {problem !== null && (
        <p role="alert" className="text-small text-danger">
          {problem}
        </p>
      )}
      {problem === null && error !== null && <ProblemNote error={error} className="w-full" />}
    </div>
  );
}
