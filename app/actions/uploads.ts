'use server';

import { action } from '@/lib/api/action';
import { actions } from '@/lib/api/contracts/actions';
import * as files from '@/lib/services/upload-files';
import * as uploads from '@/lib/services/uploads';

export const openUpload = action(actions.openUpload, uploads.openUpload);
export const setFolderRoles = action(actions.setFolderRoles, uploads.setFolderRoles);
export const closeUpload = action(actions.closeUpload, uploads.closeUpload);
export const cancelUpload = action(actions.cancelUpload, uploads.cancelUpload);
export const retryUploadFile = action(actions.retryUploadFile, files.retryUploadFile);
