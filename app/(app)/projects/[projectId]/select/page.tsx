import { redirect } from 'next/navigation';

export default async function SelectPage({ params }: { params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  redirect(`/projects/${projectId}/select/models`);
}
