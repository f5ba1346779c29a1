import type { SampleFacets, SampleFilter } from '@/lib/api/contracts/samples';
import { isOneOf, sampleRoleTerms } from '@/lib/api/contracts/terms';

/** The filter that the query string says; what is not understood is left out. */
export function filterFromUrl(params: URLSearchParams): SampleFilter {
  const role = params.get('role');
  const defectType = params.get('type');
  const folder = params.get('folder');
  const tag = params.get('tag');
  const q = params.get('q')?.trim();
  return {
    ...(isOneOf(sampleRoleTerms, role) ? { role } : {}),
    ...(defectType === null ? {} : { defectType }),
    ...(folder === null ? {} : { folder }),
    ...(q === undefined || q === '' ? {} : { q }),
    ...(tag === null || tag.trim() === '' || tag.length > 60 ? {} : { tag: tag.trim() }),
  };
}

/** Whether anything is left out. */
export function isFiltered(filter: SampleFilter): boolean {
  return Object.keys(filter).length > 0;
}

/** How many samples match, where the facets alone can tell (no filter or one criterion); else null. */
export function matchCount(filter: SampleFilter, facets: SampleFacets | undefined): number | null {
  if (facets === undefined) return null;
  const [only, second] = Object.entries(filter);
  if (only === undefined) return facets.total;
  if (second !== undefined) return null;
  const [criterion, value] = only;
  if (criterion === 'role') return facets.roles[value as keyof SampleFacets['roles']];
  if (criterion === 'defectType') return facets.defectTypes.find((type) => type.value === value)?.count ?? 0;
  if (criterion === 'folder') return facets.folders.filter((folder) => folder.value === value).reduce((sum, folder) => sum + folder.count, 0);
  return null;
}
