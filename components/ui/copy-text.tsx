'use client';

import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { useAnnounce } from './announcer';
import { cn } from './cn';
import { IconButton } from './icon-button';

/** Text in fixed width, shortened on the screen, with a button that copies all of it. */
export function CopyText({ text, shown, label, className }: { text: string; shown?: string; label: string; className?: string }) {
  const [copied, setCopied] = useState(false);
  const announce = useAnnounce();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // The clipboard is closed to pages without a secure context; a selection is copied by the old command.
      if (!copyBySelection(text)) return announce('Copying is not possible here; select the text instead.');
    }
    setCopied(true);
    announce('Copied');
  };
  return (
    <span className={cn('inline-flex min-w-0 items-center gap-1', className)}>
      <span className="truncate font-mono text-small" title={text}>
        {shown ?? text}
      </span>
      <IconButton size="sm" icon={copied ? Check : Copy} label={label} onClick={() => void copy()} onBlur={() => setCopied(false)} />
    </span>
  );
}

function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'sr-only';
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  return done;
}
