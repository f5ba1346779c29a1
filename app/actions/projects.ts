'use server';

import { action } from '@/lib/api/action';
import { actions } from '@/lib/api/contracts/actions';
import * as projects from '@/lib/services/projects';

export const createProject = action(actions.createProject, projects.createProject);
export const updateProject = action(actions.updateProject, projects.updateProject);
export const deleteProject = action(actions.deleteProject, projects.deleteProject);
