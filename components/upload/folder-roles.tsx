'use client';

import { Folder } from 'lucide-react';
import { useState } from 'react';
import type { QualityLabel, SampleRole } from '@/lib/api/contracts/common';
import type { FolderRole, Upload } from '@/lib/api/contracts/uploads';
import { formatCount } from '@/lib/figures/format';
import { controlBase } from '../ui/field';
import { cn } from '../ui/cn';
import { roleOrder, roles } from '../ui/role-mark';
import { Select } from '../ui/select';
import { folderLines, type FolderLine } from './folder-tree';

type FolderRolesProps = { upload: Upload; disabled: boolean; onChange: (folders: Record<string, FolderRole>) => void };

const roleOptions = roleOrder.map((role) => ({ value: role, label: roles[role].label }));
const qualityOptions = [
  { value: 'none', label: 'Quality not known' },
  { value: 'realistic', label: 'Realistic' },
  { value: 'indistinguishable', label: 'Indistinguishable' },
  { value: 'unrealistic', label: 'Unrealistic' },
] as const;

/** The folders of an upload as a tree; what is set on a folder holds for everything below it. */
export function FolderRoles({ upload, disabled, onChange }: FolderRolesProps) {
  const roleOf = new Map(upload.folders.map((folder) => [folder.folder, folder.role]));
  const change = (line: FolderLine, edit: (role: FolderRole) => FolderRole) => {
    const known = line.below.map((path) => [path, roleOf.get(path)] as const);
    onChange(Object.fromEntries(known.flatMap(([path, role]) => (role === undefined ? [] : [[path, edit(role)]]))));
  };
  return (
    <ul className="divide-y divide-line" aria-label="Folders and their roles">
      {folderLines(upload.folders).map((line) => (
        <FolderRow key={`${line.path}|${line.name}`} line={line} role={commonRole(line, roleOf)} disabled={disabled} onChange={(edit) => change(line, edit)} />
      ))}
    </ul>
  );
}

/** The role that all folders below share, or null. */
function commonRole(line: FolderLine, roleOf: ReadonlyMap<string, FolderRole>): FolderRole | null {
  const [first, ...others] = line.below.map((path) => roleOf.get(path));
  return first !== undefined && others.every((other) => other?.role === first.role) ? first : null;
}

type Edit = (role: FolderRole) => FolderRole;

/** Fields that a role does not have are emptied with it. */
const withRole = (role: SampleRole): Edit => (before) => ({
  role,
  split: role === 'auxiliary' ? null : before.split,
  defectType: role === 'normal' ? null : before.defectType,
  qualityLabel: role === 'auxiliary' ? before.qualityLabel : null,
});

type FolderRowProps = { line: FolderLine; role: FolderRole | null; disabled: boolean; onChange: (edit: Edit) => void };

/** A folder with the role of its images, or a table: one that tells the roles of its rows shows them instead. */
function FolderRow({ line, role, disabled, onChange }: FolderRowProps) {
  return (
    <li className="flex flex-wrap items-center gap-x-2 gap-y-1 py-1.5 pr-1" style={{ paddingLeft: line.depth * 16 }}>
      <Folder aria-hidden className="size-4 shrink-0 text-faint" />
      <span className="min-w-24 flex-1 truncate" title={line.path}>
        {line.name}
      </span>
      <span className="text-small text-muted">{formatCount(line.count)}</span>
      {line.own?.labels !== null && line.own !== null ? <p className="w-full pl-6 text-small text-muted">{line.own.labels}</p> : <RoleSelect line={line} role={role} disabled={disabled} onChange={onChange} />}
    </li>
  );
}

function RoleSelect({ line, role, disabled, onChange }: FolderRowProps) {
  const options = role === null ? [{ value: 'mixed' as const, label: 'Several', disabled: true }, ...roleOptions] : roleOptions;
  return (
    <>
      <Select
        size="sm"
        className="w-28"
        aria-label={`Role of ${line.name}`}
        value={role === null ? 'mixed' : role.role}
        options={options}
        disabled={disabled}
        onChange={(next) => {
          if (next !== 'mixed') onChange(withRole(next));
        }}
      />
      {line.own !== null && role !== null && role.role !== 'normal' && (
        <div className="flex w-full gap-2 pl-6">
          <DefectInput name={line.name} value={role.defectType} disabled={disabled} onCommit={(defectType) => onChange((before) => ({ ...before, defectType }))} />
          {role.role === 'auxiliary' && (
            <Select
              size="sm"
              className="w-44 shrink-0"
              aria-label={`Known quality of ${line.name}`}
              value={role.qualityLabel ?? 'none'}
              options={qualityOptions}
              disabled={disabled}
              onChange={(next) => onChange((before) => ({ ...before, qualityLabel: next === 'none' ? null : (next satisfies QualityLabel) }))}
            />
          )}
        </div>
      )}
    </>
  );
}

function DefectInput({ name, value, disabled, onCommit }: { name: string; value: string | null; disabled: boolean; onCommit: (value: string | null) => void }) {
  const [text, setText] = useState<string | null>(null);
  const commit = () => {
    const next = (text ?? '').trim();
    if (text !== null && next !== (value ?? '')) onCommit(next === '' ? null : next);
    setText(null);
  };
  return (
    <input
      className={cn(controlBase, 'h-7 min-w-0 flex-1 px-2 text-small max-md:h-9')}
      aria-label={`Defect type of ${name}`}
      placeholder="Defect type"
      maxLength={200}
      disabled={disabled}
      value={text ?? value ?? ''}
      onChange={(event) => setText(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
      }}
    />
  );
}
