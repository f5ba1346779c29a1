import { ArrowRight } from 'lucide-react';
import Link from 'next/link';
import { formatDateTime, formatTime } from '@/lib/figures/format';
import { Button } from '../ui/button';
import type { HistoryLine } from './fold-events';
import { byDay } from './fold-events';
import { subjectLink } from './subject-path';

/** Lines of the history under their days, each with the way to what it is about. */
export function HistoryDays({ projectId, lines, onReplay }: { projectId: string; lines: readonly HistoryLine[]; onReplay: (at: string) => void }) {
  return byDay(lines).map(([day, ofDay]) => (
    <section key={day} aria-label={day}>
      <h2 className="sticky top-0 z-10 bg-page py-1 text-small font-medium text-muted">{day}</h2>
      <ol className="divide-y divide-line border-y border-line">
        {ofDay.map((line) => (
          <Line key={line.event.id} projectId={projectId} line={line} onReplay={onReplay} />
        ))}
      </ol>
    </section>
  ));
}

function Line({ projectId, line: { event, sentence }, onReplay }: { projectId: string; line: HistoryLine; onReplay: (at: string) => void }) {
  const link = event.subject === null ? null : subjectLink(projectId, event.subject);
  return (
    <li className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 py-1">
      <time dateTime={event.createdAt} title={formatDateTime(event.createdAt)} className="w-12 shrink-0 text-muted tabular-nums">
        {formatTime(event.createdAt)}
      </time>
      <p className="min-w-0 flex-1 basis-60 break-words">{sentence}</p>
      <span className="flex shrink-0 items-center gap-1 max-sm:pl-16">
        {link !== null && (
          <Link href={link.href} aria-label={`${link.label} of: ${sentence}`} className="inline-flex min-h-7 items-center gap-1 rounded-md px-1.5 text-small text-accent hover:bg-hover">
            {link.label}
            <ArrowRight aria-hidden className="size-3.5" />
          </Link>
        )}
        <Button size="sm" variant="ghost" aria-label={`As of then: ${sentence}`} title="The project as it stood then" onClick={() => onReplay(event.createdAt)}>
          As of then
        </Button>
      </span>
    </li>
  );
}
