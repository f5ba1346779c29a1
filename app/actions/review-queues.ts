'use server';

import { action } from '@/lib/api/action';
import { actions } from '@/lib/api/contracts/actions';
import * as answers from '@/lib/services/review-queue-answers';
import * as queues from '@/lib/services/review-queues';

export const startReviewQueue = action(actions.startReviewQueue, queues.startReviewQueue);
export const closeReviewQueue = action(actions.closeReviewQueue, queues.closeReviewQueue);
export const claimItems = action(actions.claimItems, answers.claimItems);
export const answerItems = action(actions.answerItems, answers.answerItems);
export const undoAnswer = action(actions.undoAnswer, answers.undoAnswer);
