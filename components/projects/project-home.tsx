'use client';

import { Check } from 'lucide-react';
import Link from 'next/link';
import { cn } from '../ui/cn';
import { buttonClass } from '../ui/button';
import { Page } from '../ui/page';
import { ProblemNote } from '../ui/problem';
import { Skeleton } from '../ui/skeleton';
import { checklistOf, type ChecklistStep } from './checklist';
import { OverviewDrop } from './overview-drop';
import { useProjectOverview } from './use-projects';

/** The five steps of a project; a finished one is a line with its result. */
export function ProjectHome({ projectId }: { projectId: string }) {
  const { data, error, refetch, isFetching } = useProjectOverview(projectId);
  if (error !== null && data === undefined) {
    return (
      <Page title="Overview" width="text">
        <ProblemNote error={error} onRetry={() => void refetch()} busy={isFetching} />
      </Page>
    );
  }
  if (data === undefined) {
    return (
      <Page title="Overview" width="text">
        <Skeleton className="h-80" />
      </Page>
    );
  }
  const steps = checklistOf(data);
  const next = steps.find((step) => !step.done && step.blocked === null);
  return (
    <Page title={data.name} summary={`Inspected object: ${data.objectName}`} width="text">
      {data.role === 'lead' && <OverviewDrop projectId={projectId} />}
      <ol className="divide-y divide-line border-y border-line">
        {steps.map((step, index) => (
          <StepRow key={step.id} step={step} number={index + 1} projectId={projectId} isNext={step === next} mayAct={data.role === 'lead' || (step.id === 'review' && data.role === 'inspector')} />
        ))}
      </ol>
    </Page>
  );
}

type StepRowProps = { step: ChecklistStep; number: number; projectId: string; isNext: boolean; mayAct: boolean };

function StepRow({ step, number, projectId, isNext, mayAct }: StepRowProps) {
  return (
    <li className={cn('flex items-start gap-3', step.done ? 'py-2' : 'py-4')}>
      <span
        className={cn('flex size-6 shrink-0 items-center justify-center rounded-full text-small font-medium', step.done ? 'bg-pressed text-ink' : isNext ? 'bg-accent text-on-accent' : 'border border-line-strong text-muted')}
      >
        {step.done ? <Check aria-label="Done" className="size-3.5" /> : number}
      </span>
      {step.done ? <DoneText step={step} projectId={projectId} /> : <OpenText step={step} mayAct={mayAct} />}
      {!step.done && step.blocked === null && mayAct && (
        <Link href={`/projects/${projectId}/${step.href}`} className={buttonClass(isNext ? 'primary' : 'secondary')}>
          {step.button}
        </Link>
      )}
    </li>
  );
}

function DoneText({ step, projectId }: { step: ChecklistStep; projectId: string }) {
  return (
    <p className="min-w-0 flex-1 pt-0.5">
      <Link href={`/projects/${projectId}/${step.id}`} className="font-medium hover:underline">
        {step.title}
      </Link>
      <span className="ml-3 text-muted">{step.result}</span>
    </p>
  );
}

function OpenText({ step, mayAct }: { step: ChecklistStep; mayAct: boolean }) {
  return (
    <div className="min-w-0 flex-1 pt-0.5">
      <p className="font-medium">{step.title}</p>
      <p className="text-muted">{step.purpose}</p>
      {step.blocked !== null && <p className="mt-1 text-small text-faint">{step.blocked}</p>}
      {step.blocked === null && !mayAct && <p className="mt-1 text-small text-faint">{step.id === 'review' ? 'Inspectors and leads of this project do this.' : 'Leads of this project do this.'}</p>}
    </div>
  );
}
