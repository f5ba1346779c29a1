'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { createUser, removeMember, removeUser, renewSignInLink, setMember, setUserAdmin } from '@/app/actions/members';
import { callAction, getJson } from '@/lib/api/client';
import type { ActionInput } from '@/lib/api/contracts/actions';
import { addresses } from '@/lib/api/contracts/addresses';
import { projectKey } from '../projects/keys';

const memberKeys = { list: (projectId: string) => [...projectKey(projectId), 'members'] as const, users: ['users'] as const };

export function useMembers(projectId: string) {
  return useQuery({ queryKey: memberKeys.list(projectId), queryFn: async ({ signal }) => (await getJson(addresses.members, { params: { projectId }, signal })).members });
}

export function useSetMember(projectId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Omit<ActionInput<'setMember'>, 'projectId'>) => callAction(setMember, { projectId, ...input }),
    onSuccess: () => client.invalidateQueries({ queryKey: memberKeys.list(projectId) }),
  });
}

export function useRemoveMember(projectId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (userId: string) => callAction(removeMember, { projectId, userId }),
    onSuccess: () => client.invalidateQueries({ queryKey: memberKeys.list(projectId) }),
  });
}

export function useUsers() {
  return useQuery({ queryKey: memberKeys.users, queryFn: async ({ signal }) => (await getJson(addresses.users, { signal })).users });
}

/** What an administrator does with accounts. */
export function useUserActions() {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: memberKeys.users });
  return {
    create: useMutation({ mutationFn: (input: ActionInput<'createUser'>) => callAction(createUser, input), onSuccess }),
    renewLink: useMutation({ mutationFn: (userId: string) => callAction(renewSignInLink, { userId }) }),
    setAdmin: useMutation({ mutationFn: (input: ActionInput<'setUserAdmin'>) => callAction(setUserAdmin, input), onSuccess }),
    remove: useMutation({ mutationFn: (userId: string) => callAction(removeUser, { userId }), onSuccess }),
  };
}
