import type { HistorySubject } from '@/lib/api/contracts/history';
import { stagePath } from '../frame/stages';

/** Where the thing is that an event is about, and what the link says. */
export function subjectLink(projectId: string, { kind, id }: HistorySubject): { href: string; label: string } {
  const at = (stage: string) => stagePath(projectId, stage);
  const one = encodeURIComponent(id ?? '');
  switch (kind) {
    case 'sample':
      return { href: `${at('samples')}?sample=${one}`, label: 'Sample' };
    case 'run':
      return { href: `${at('scores')}?run=${one}`, label: 'Scores' };
    case 'generation':
      return { href: at('generate'), label: 'Batches' };
    case 'export':
      return { href: at('exports'), label: 'Exports' };
    case 'experiment':
      return { href: `${at('experiments')}/${one}`, label: 'Experiment' };
    case 'selection':
      return { href: `${at('select')}/models`, label: 'Models' };
    case 'promptSelection':
      return { href: `${at('select')}/prompts`, label: 'Prompts' };
    case 'prototypes':
      return { href: `${at('select')}/normals`, label: 'Normals' };
    case 'projection':
      return { href: at('map'), label: 'Map' };
    case 'queue':
      // The page of the queue, which also tells of one that is closed or worked through.
      return { href: `${at('review')}?queue=${one}`, label: 'Queue' };
    case 'members':
      return { href: at('settings'), label: 'Members' };
    case 'samples':
      return { href: at('samples'), label: 'Samples' };
  }
}
